@echo off
rem Starts Soundlift from the folder this file lies in. SOUNDLIFT_JAVA_OPTS adds options for the Java virtual machine.
rem No delayed expansion: it would eat the exclamation marks in file names.
setlocal DisableDelayedExpansion
for %%d in ("%~dp0..\lib") do set "lib=%%~fd"

set "java=%lib%\..\runtime\bin\java.exe"
if exist "%java%" goto found
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if not "%java%"=="java" goto found
where /q java
if not errorlevel 1 goto found
echo soundlift: no Java found. Install Java 17 or newer, or set JAVA_HOME. 1>&2
exit /b 70
:found

rem The class-data archive made when this folder was built, for a fast start. Another JVM passes over it in silence.
rem The protocol for agents has one of its own.
set data=soundlift
if "%~1"=="mcp" if exist "%lib%\mcp.*" set data=mcp
set archive=
if exist "%lib%\%data%.jsa" set archive="-XX:SharedArchiveFile=%lib%\%data%.jsa"
if exist "%lib%\%data%.aot" set archive="-XX:AOTCache=%lib%\%data%.aot"

rem A run is short: code is compiled only when it has run five times as often as Java would wait for (loops are not put off), and the
rem archive is mapped where it was made for, not adapted to an address drawn by lot. That is a quarter of a short run's CPU time.
set start=-XX:TieredStopAtLevel=1 -XX:Tier3InvocationThreshold=1000 -XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=10000
set start=%start% -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0

rem Java would not start with less than that allowed, so whoever gives options of his own gets what Java finds right.
set heap=-Xms64m
if defined SOUNDLIFT_JAVA_OPTS set heap=

"%java%" -XX:+IgnoreUnrecognizedVMOptions -Xlog:disable %archive% ^
  %start% -XX:+UseSerialGC %heap% -Xmn16m -Xmx256m -Dfile.encoding=UTF-8 ^
  "-Dorg.bytedeco.javacpp.cachedir=%lib%\natives" -Dorg.bytedeco.javacpp.noPointerGC=true ^
  "-Djna.boot.library.path=%lib%\natives" ^
  %SOUNDLIFT_JAVA_OPTS% -jar "%lib%\soundlift.jar" %*
exit /b %errorlevel%
