#!/usr/bin/env bash
# Is the code that RnnGen emits right on Arm64, too? Publishes RnnGen.TargetCheck for linux-arm64, by NativeAOT and with
# the runtime and its JIT, runs both under qemu on this x64 machine, and compares their lines with those of x64.
#
#     tests/arm64.sh
#
# Needs, beside the SDK, on Debian or Ubuntu for x64: clang, gcc-aarch64-linux-gnu and libc6-dev-arm64-cross to link
# with, qemu-user to run with; and, from the SDK's package source, compiler and runtime for both processors (200 MB).
# Takes some five minutes. qemu shows what the instructions compute, and neither their speed nor the order in which
# threads see each other's writes.
#
# Prints RnnGen.TargetCheck's lines, each with the machine before them, and then a line a comparison:
#     arm64=<aot|jit> x64=<aot|jit> models=<n> loss_difference=<x> equal_checksums=<n> <ok|FAILED>
# Fails if a line does, if a model is missing on one side, if a loss is further than 1e-5 (in double precision 1e-8) of
# itself from x64's, if multiply-adds do not round once on Arm64, where they always can, or if they do so on x64, too,
# and in single precision weights differ in a bit nevertheless.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
sysroot=/usr/aarch64-linux-gnu
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

missing=()
command -v clang > /dev/null || missing+=(clang)
command -v aarch64-linux-gnu-gcc > /dev/null || missing+=(gcc-aarch64-linux-gnu)
[ -e "$sysroot/lib/libc.so" ] || missing+=(libc6-dev-arm64-cross)
qemu=$(command -v qemu-aarch64 || command -v qemu-aarch64-static) || missing+=(qemu-user)
if [ "${#missing[@]}" -gt 0 ]; then
    echo "Something is missing here: apt-get install ${missing[*]}" >&2
    exit 1
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=RnnGen.TargetCheck
failed=0

# publish NAME OPTIONS: the program, into a folder of this name.
publish() {
    dotnet publish -c Release -v quiet -o "$folder/$1" "${@:2}" "$root/tests/$program" > "$folder/log" ||
        { cat "$folder/log"; exit 1; }
}

# check NAME COMMAND: runs the program, prints its lines and keeps them.
check() {
    "${@:2}" | tee "$folder/$1.lines" | sed "s/^/$1 /" || failed=1
}

# compare ARM64 X64: every line of a model in the first against the same in the second.
compare() {
    awk -v names="arm64=${1#arm64-} x64=${2#x64-}" '
        function value(key,   i) {
            for (i = 1; i <= NF; i++) if (index($i, key "=") == 1) return substr($i, length(key) + 2)
            return ""
        }
        # NaN is none, which some awks find equal to everything.
        function is_loss(text) { return text ~ /^[0-9.]+(e[-+][0-9]+)?$/ && text > 0 }
        !value("model") { next }
        { name = value("target") " " value("model") }
        FNR == NR { here[name] = $0; targets[value("target")]; next }
        value("target") in targets && !(name in here) { wrong = wrong " missing:" name }
        { loss[name] = value("loss"); sum[name] = value("checksum"); rounding[name] = value("rounding") }
        END {
            for (name in here) {
                $0 = here[name]
                if (!(name in loss)) { wrong = wrong " missing:" name; continue }
                models++
                if (value("rounding") != "once") wrong = wrong " rounding:" name
                if (!is_loss(value("loss")) || !is_loss(loss[name])) { wrong = wrong " loss:" name; continue }
                difference = (value("loss") - loss[name]) / loss[name]
                if (difference < 0) difference = -difference
                if (difference > largest) largest = difference
                single = value("precision") == "single"
                if (!(difference <= (single ? 1e-5 : 1e-8))) wrong = wrong " loss:" name
                same = sum[name] == value("checksum")
                equal += same
                if (single && rounding[name] == "once" && !same) wrong = wrong " checksum:" name
            }
            if (!models) wrong = wrong " nothing"
            printf "%s models=%d loss_difference=%.2g equal_checksums=%d %s\n", names, models, largest, equal,
                wrong == "" ? "ok" : "FAILED:" wrong
            exit wrong != ""
        }' "$folder/$1.lines" "$folder/$2.lines" || failed=1
}

# Symbols stay in: the host's tools for stripping may not know Arm64.
publish arm64-aot -r linux-arm64 -p:Aot=true -p:StripSymbols=false
publish arm64-jit -r linux-arm64 --self-contained
publish x64-aot -r linux-x64 -p:Aot=true -p:StripSymbols=false
publish x64-jit

check arm64-aot "$qemu" -L "$sysroot" "$folder/arm64-aot/$program"

# .NET writes the code that it compiles through a second mapping of its memory. QEMU before 8.1 does not see such
# writes and may go on with what it translated before: wrong numbers and null references, in every second run.
check arm64-jit env DOTNET_EnableWriteXorExecute=0 "$qemu" -L "$sysroot" "$folder/arm64-jit/$program"
check x64-aot "$folder/x64-aot/$program"
check x64-jit dotnet "$folder/x64-jit/$program.dll"

for arm64 in arm64-aot arm64-jit; do
    # Or the target would have been left out unseen.
    grep -q "^processor=Arm64 .*targets=Scalar,Vector128 " "$folder/$arm64.lines" || failed=1
    compare "$arm64" x64-aot
    compare "$arm64" x64-jit
done

exit "$failed"
