#!/usr/bin/env bash
# How much longer does a build take because its models are generated? Builds the program of sample 01 twice: with the
# generator, and with the generated files checked in instead; in turns, clean, several rounds.
#
#     tests/build-time.sh [ROUNDS]
#
# Prints a line each with the compiler's server (as in a day's work) and without it (as the first build of a day):
#     server=<on|off> generated_seconds=<median> checked_in_seconds=<median> difference_seconds=<x>
set -euo pipefail
rounds=${1:-7}
root=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

dotnet build -c Release -v quiet "$root/samples/01-CharacterModel"

# project NAME ITEMS: the sample's program with these items, outside the repository and its settings.
project() {
    mkdir -p "$folder/$1"
    cat > "$folder/$1/$1.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
    <RootNamespace>CharacterSample</RootNamespace>
    <EnableDefaultItems>false</EnableDefaultItems>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="$root/samples/01-CharacterModel/*.cs" />
    <Compile Include="$root/samples/Terminal/*.cs" />
    <Reference Include="$root/src/RnnGen/bin/Release/net10.0/RnnGen.dll" />
    $(grep -E '"(Spectre.Console|System.CommandLine)"' "$root/Directory.Packages.props" |
        sed 's/PackageVersion/PackageReference/')
    $2
  </ItemGroup>
</Project>
PROJECT
    dotnet restore -v quiet "$folder/$1"
}

# seconds NAME OPTIONS: how long a clean build takes.
seconds() {
    local started ended
    started=$(date +%s%N)
    dotnet build "$folder/$1" -c Release --no-restore --no-incremental -v quiet -clp:NoSummary "${@:2}" > "$folder/log" \
        || { cat "$folder/log"; exit 1; }
    ended=$(date +%s%N)
    echo "$(((ended - started) / 1000000))"
}

median() {
    sort -n "$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] / 1000 }'
}

project Generated "<Analyzer Include=\"$root/generator/RnnGen.Generator/bin/Release/netstandard2.0/RnnGen.Generator.dll\" />"
project CheckedIn "<Compile Include=\"$root/samples/01-CharacterModel/Generated/**/*.cs\" />"

for server in on off; do
    options=()
    [ "$server" = on ] || options=(-p:UseSharedCompilation=false)
    rm -f "$folder"/Generated.times "$folder"/CheckedIn.times
    for round in $(seq 0 "$rounds"); do
        for name in Generated CheckedIn; do
            time=$(seconds "$name" "${options[@]}")
            # The first round warms up.
            [ "$round" -eq 0 ] || echo "$time" >> "$folder/$name.times"
        done
    done
    generated=$(median "$folder/Generated.times")
    checked=$(median "$folder/CheckedIn.times")
    difference=$(awk -v a="$generated" -v b="$checked" 'BEGIN { printf "%.2f", a - b }')
    echo "server=$server generated_seconds=$generated checked_in_seconds=$checked difference_seconds=$difference"
done
