#!/usr/bin/env bash
# Compiles RTNeural for RnnGen.Benchmarks: a library for each of its backends, compiler and width of vectors.
#
#     tests/rtneural.sh SOURCES
#
# SOURCES is a checkout of https://github.com/jatinchowdhury18/RTNeural with its submodules (Eigen, xsimd). Uses g++ and
# clang++, as far as they are there; CXX="g++-14 clang++-18" names others. Takes some two minutes, writes
# artifacts/rtneural/BACKEND-COMPILER-WIDTH.so for this very processor, and prints the command that compares with them.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
sources=${1:?"usage: tests/rtneural.sh SOURCES, a checkout of RTNeural"}
[ -e "$sources/RTNeural/RTNeural.h" ] || { echo "There is no RTNeural/RTNeural.h in $sources." >&2; exit 1; }
here="$root/tests/RnnGen.Benchmarks/Peers/RtNeural/steps.cpp"
target="$root/artifacts/rtneural"
mkdir -p "$target"
rm -f "$target"/*.so

# Aligned for vectors of 256 bits, Eigen keeps to these.
declare -A flags=(
    [stl]="-DRTNEURAL_USE_STL=1 -DRTNEURAL_DEFAULT_ALIGNMENT=64"
    [eigen]="-DRTNEURAL_USE_EIGEN=1 -DRTNEURAL_DEFAULT_ALIGNMENT=32 -DEIGEN_STACK_ALLOCATION_LIMIT=0"
    [xsimd]="-DRTNEURAL_USE_XSIMD=1 -DRTNEURAL_DEFAULT_ALIGNMENT=64"
)
declare -A widths=([default]="")
if [ "$(uname -m)" = x86_64 ]; then
    # Vectors of 512 bits are more than either compiler takes by itself.
    widths[512]="-mprefer-vector-width=512"
fi

takes() { "$1" "$2" -E -x c++ /dev/null > /dev/null 2>&1; }

for compiler in ${CXX:-g++ clang++}; do
    command -v "$compiler" > /dev/null || { echo "There is no $compiler here: left out." >&2; continue; }
    # RTNeural's Eigen does not compile where the processor also computes in half precision, which nothing here does.
    # Compilers that do not know the option, for other processors or too old, do not know half precision either.
    half=$(takes "$compiler" -mno-avx512fp16 && echo "-mno-avx512fp16" || true)
    for backend in "${!flags[@]}"; do
        for width in "${!widths[@]}"; do
            name="$backend-$(basename "$compiler")-$width"
            # Linked without -ffast-math, which would have the whole process flush denormal numbers to zero.
            "$compiler" -std=c++17 -O3 -march=native -ffast-math -DNDEBUG -fPIC -fvisibility=hidden -w \
                ${flags[$backend]} ${widths[$width]} $half -I"$sources" -I"$sources/modules/Eigen" \
                -I"$sources/modules/xsimd/include" -c -o "$target/$name.o" "$here"
            "$compiler" -shared -Wl,-Bsymbolic -o "$target/$name.so" "$target/$name.o"
            rm "$target/$name.o"
        done
    done
done

compgen -G "$target/*.so" > /dev/null || { echo "Nothing was compiled." >&2; exit 1; }
echo "dotnet run -c Release --project tests/RnnGen.Benchmarks -- compare --filter step/ --rtneural artifacts/rtneural/*.so"
