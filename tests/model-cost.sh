#!/usr/bin/env bash
# What does a model cost in a build? Builds projects of 0, 1, 10 and 50 small models, each model in a file of its own:
# clean, and after an edit of a comment in one file; with the compiler's server (as in a day's work) and without it.
#
#     tests/model-cost.sh [ROUNDS] [OPTION OF dotnet build...]
#
# Prints a line each:
#     models=<n> server=<on|off> build=<clean|edit> processor_seconds=<median> wall_seconds=<median> per_model=<x>
# Processor seconds are those of all processes, the server's with them; per_model is how many more they are than without
# a model, divided by the models.
set -euo pipefail
rounds=3
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    rounds=$1
    shift
fi
options=("$@")
root=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
counts="0 1 10 50"
folder=$(mktemp -d)
# The server that is measured is nobody else's.
server="model-cost-$$"

# serverProcess: the number of the server's process; nothing where there is none.
serverProcess() {
    { grep -lsz -- "$server" /proc/[0-9]*/cmdline || true; } | while read -r file; do
        { tr '\0' ' ' < "$file" | grep -q 'VBCSCompiler' && cut -d / -f 3 <<< "$file"; } 2> /dev/null || true
    done | head -n 1
}

finish() {
    local process
    process=$(serverProcess)
    [ -z "$process" ] || kill "$process"
    rm -rf "$folder"
}
trap finish EXIT
# For errors of builds whose own output is read.
exec 3>&2

dotnet build -c Release -v quiet "$root/src/RnnGen" >&2
dotnet build -c Release -v quiet "$root/generator/RnnGen.Generator" >&2

# project MODELS: a library of so many models, outside the repository and its settings.
project() {
    local path="$folder/Models$1" cells=(Lstm Gru Rnn) kind i
    mkdir -p "$path"
    # As the package brings them.
    for kind in props targets; do
        echo "<Project><Import Project=\"$root/src/RnnGen/build/RnnGen.$kind\" /></Project>" \
            > "$path/Directory.Build.$kind"
    done
    cat > "$path/Models$1.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="$root/src/RnnGen/bin/Release/net10.0/RnnGen.dll" />
    <Analyzer Include="$root/generator/RnnGen.Generator/bin/Release/netstandard2.0/RnnGen.Generator.dll" />
  </ItemGroup>
</Project>
PROJECT
    for ((i = 0; i < $1; i++)); do
        cat > "$path/Model$i.cs" <<MODEL
using RnnGen;
namespace Many;
[SequenceModel(Steps = 20, Batch = 4), Input($((i % 5 + 1))), ${cells[i % 3]}($((i + 8))), Dense($((i % 4 + 1)))]
[MeanSquaredError]
public sealed partial class Model$i;
MODEL
    done
    echo 'namespace Many;' > "$path/Other.cs"
    dotnet restore -v quiet "$path"
}

# serverTicks: what the server has used of its processors so far, in ticks.
serverTicks() {
    local process
    process=$(serverProcess)
    [ -n "$process" ] && cut -d ')' -f 2 "/proc/$process/stat" | awk '{ print $12 + $13 }' || echo 0
}

# seconds MODELS on|off OPTIONS: processor and wall seconds of a build.
seconds() {
    local path="$folder/Models$1" shared=(-p:UseSharedCompilation=false) before after
    [ "$2" = off ] || shared=(-p:UseSharedCompilation=true -p:SharedCompilationId="$server")
    before=$(serverTicks)
    TIMEFORMAT='%R %U %S'
    local command=(dotnet build "$path" -c Release --no-restore "${shared[@]}" "${options[@]}" "${@:3}")
    { time "${command[@]}" > "$folder/log" 2>&1 || { cat "$folder/log" >&3; exit 1; }; } 2> "$folder/time"
    after=$(serverTicks)
    tail -n 1 "$folder/time" | awk -v ticks=$((after - before)) -v rate="$(getconf CLK_TCK)" \
        '{ print $2 + $3 + ticks / rate, $1 }'
}

# median COLUMN FILE
median() {
    awk -v column="$1" '{ print $column }' "$2" | sort -n \
        | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

for models in $counts; do
    project "$models"
done

declare -A empty
for server_is in on off; do
    for models in $counts; do
        edited="$folder/Models$models/Model0.cs"
        [ "$models" -gt 0 ] || edited="$folder/Models$models/Other.cs"
        # With the server, the first build of each project warms up.
        [ "$server_is" = off ] || seconds "$models" on --no-incremental > "$folder/warm"
        rm -f "$folder/clean" "$folder/edit"
        for ((round = 0; round < rounds; round++)); do
            seconds "$models" "$server_is" --no-incremental >> "$folder/clean"
            echo "// Edit $server_is $round" >> "$edited"
            seconds "$models" "$server_is" >> "$folder/edit"
        done
        for build in clean edit; do
            processor=$(median 1 "$folder/$build")
            [ "$models" -gt 0 ] || empty[$build]=$processor
            awk -v models="$models" -v processor="$processor" -v wall="$(median 2 "$folder/$build")" \
                -v empty="${empty[$build]}" -v kind="server=$server_is build=$build" 'BEGIN {
                    seconds = sprintf("processor_seconds=%.2f wall_seconds=%.2f", processor, wall)
                    each = models > 0 ? sprintf(" per_model=%.2f", (processor - empty) / models) : ""
                    print "models=" models " " kind " " seconds each
                }'
        done
    done
done
