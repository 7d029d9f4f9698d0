@echo off
rem Runs Songe on Windows: finds a JDK, builds once when something was changed, and starts the
rem command line. The script songe does the same elsewhere, and explains more.
setlocal EnableExtensions DisableDelayedExpansion

set "root=%~dp0"
set "target=%root%studio\target"
set "jar=%target%\songe.jar"
set "stamp=%target%\built"
set "log=%target%\build.log"
set "lock=%target%\building"

rem Accents and block characters need UTF-8; the console gets its code page back at the end.
for /f "tokens=2 delims=:." %%c in ('chcp') do set "codepage=%%c"
chcp 65001 >nul

set "language="
if defined LANG set "language=%LANG%"
if defined LC_MESSAGES set "language=%LC_MESSAGES%"
if defined LC_ALL set "language=%LC_ALL%"
if defined SONGE_LOCALE set "language=%SONGE_LOCALE%"
if not defined language for /f "tokens=3" %%l in ('reg query "HKCU\Control Panel\International" /v LocaleName 2^>nul') do set "language=%%l"
set "french="
if /i "%language:~0,2%"=="fr" set "french=1"

call :find_jdk
if not defined jdk goto no_jdk

if exist "%lock%\" call :build
if errorlevel 1 goto end
call :is_built
if errorlevel 1 call :build
if errorlevel 1 goto end

if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
set "collector=-XX:+UseSerialGC"
echo "%JAVA_TOOL_OPTIONS% %JDK_JAVA_OPTIONS%" | findstr /r /c:"-XX:+Use.*GC" >nul && set "collector="
"%jdk%\bin\java.exe" --enable-native-access=ALL-UNNAMED %collector% -XX:TieredStopAtLevel=1 -Dorg.bytedeco.javacpp.nopointergc=true -jar "%jar%" %*
goto end

:no_jdk
call :say "no JDK 25 or later was found; install one, such as Eclipse Temurin 25, or set JAVA_HOME to one" "aucun JDK 25 ou plus récent n'a été trouvé ; installez-en un, par exemple Eclipse Temurin 25, ou indiquez-le dans JAVA_HOME"
call :fail

:end
set "code=%ERRORLEVEL%"
if defined codepage chcp %codepage% >nul
exit /b %code%

:fail
exit /b 1

rem Prints the first sentence, or the second where French is spoken.
:say
if defined french goto say_french
>&2 echo songe: %~1
exit /b 0
:say_french
>&2 echo songe : %~2
exit /b 0

rem Sets jdk to the first JDK that is new enough.
:find_jdk
set "jdk="
if defined SONGE_JAVA_HOME (
  call :take "%SONGE_JAVA_HOME%"
  exit /b 0
)
if defined JAVA_HOME call :take "%JAVA_HOME%"
for %%j in (javac.exe) do if not "%%~$PATH:j"=="" call :take "%%~dp$PATH:j.."
for %%v in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LOCALAPPDATA%\Programs\Eclipse Adoptium" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  if exist "%%~v\" for /d %%d in ("%%~v\*") do (
    call :take "%%~d"
    call :take "%%~d\current"
  )
)
exit /b 0

:take
if defined jdk exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "major="
for /f "tokens=2 delims==." %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "major=%%v"
if not defined major exit /b 0
set "major=%major:"=%"
if %major% GEQ 25 set "jdk=%~f1"
exit /b 0

rem Succeeds if nothing was changed since the last build began.
:is_built
if not exist "%jar%" exit /b 1
if not exist "%stamp%" exit /b 1
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:stamp).LastWriteTimeUtc; $sources = 'pom.xml', 'engine\pom.xml', 'engine\src\main', 'mini\pom.xml', 'mini\src\main', 'studio\pom.xml', 'studio\src\main' | ForEach-Object { Join-Path $env:root $_ } | Where-Object { Test-Path -LiteralPath $_ }; if (Get-ChildItem -LiteralPath $sources -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1) { exit 1 }"
exit /b %ERRORLEVEL%

:build
if not exist "%target%\" mkdir "%target%"
set "tries=0"
:acquire
mkdir "%lock%" 2>nul && goto locked
if %tries%==0 call :say "another process builds, waiting for it; if there is none, delete %lock%" "un autre processus compile, attente de sa fin ; s'il n'y en a pas, supprimez %lock%"
set /a tries+=1 >nul
ping -n 2 127.0.0.1 >nul
goto acquire
:locked
call :is_built
if not errorlevel 1 goto unlock
call :say "building; the first time this fetches some 200 MB and takes a few minutes" "compilation ; la première télécharge environ 200 Mo et prend quelques minutes"
type nul >"%stamp%.new"
set "JAVA_HOME=%jdk%"
pushd "%root%"
call mvnw.cmd -q -B -pl studio -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >"%log%" 2>&1 <nul
set "failed=%ERRORLEVEL%"
popd
if not %failed%==0 goto build_failed
move /y "%stamp%.new" "%stamp%" >nul
:unlock
rmdir /s /q "%lock%"
exit /b 0

:build_failed
if exist "%jar%" del "%jar%"
rmdir /s /q "%lock%"
type "%log%" >&2
call :say "the build failed; all it said is in %log%" "la compilation a échoué ; tout ce qu'elle a dit est dans %log%"
exit /b 1
