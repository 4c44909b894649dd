; The installer for Windows: for one user, without an administrator. packaging/windows.py says /DVersion, /DFrozen (the
; application's folder), /DMade (the icon's folder) and /DOutput.
#ifndef Version
  #error Run packaging/build.py, which gives the version and the folders.
#endif

[Setup]
AppId={{5C0C7C6E-8E0B-4E1D-9C38-6B7C2F5E9A41}
AppName=核报 Hebao
AppVersion={#Version}
AppVerName=核报 Hebao {#Version}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Hebao
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
DisableWelcomePage=no
ShowLanguageDialog=auto
MinVersion=10.0
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
SetupIconFile={#Made}\hebao.ico
UninstallDisplayIcon={app}\hebaow.exe
UninstallDisplayName=核报 Hebao
OutputDir={#Output}
OutputBaseFilename=hebao-{#Version}-windows-x64
TimeStampsInUTC=yes

[Languages]
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
zh.Program=核报
en.Program=Hebao
zh.Store=核报报告库
en.Store=Hebao store
zh.OnTheDesktop=在桌面上放快捷方式
en.OnTheDesktop=Put a shortcut on the desktop
zh.OpenNow=现在打开核报
en.OpenNow=Open Hebao now

[Tasks]
Name: "desktop"; Description: "{cm:OnTheDesktop}"

[InstallDelete]
; What another version had and this one has not would be found by it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{cm:Program}"; Filename: "{app}\hebaow.exe"
Name: "{autodesktop}\{cm:Program}"; Filename: "{app}\hebaow.exe"; Tasks: desktop

[Registry]
Root: HKA; Subkey: "Software\Classes\.hebao"; ValueType: string; ValueData: "Hebao.Store"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Hebao.Store"; ValueType: string; ValueData: "{cm:Store}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Hebao.Store\DefaultIcon"; ValueType: string; ValueData: "{app}\hebaow.exe,0"
Root: HKA; Subkey: "Software\Classes\Hebao.Store\shell\open\command"; ValueType: string; ValueData: """{app}\hebaow.exe"" ""%1"""

[Run]
Filename: "{app}\hebaow.exe"; Description: "{cm:OpenNow}"; Flags: nowait postinstall skipifsilent
