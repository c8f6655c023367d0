using System.Globalization;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// How a target spells an operation on vectors. Vectors of 256 and 512 bits use explicit instructions alone: an
/// ahead-of-time compiler that must not assume them keeps those fast, and nothing else.
/// </summary>
internal sealed record VectorOperations
{
    /// <summary>The C# type of a vector, for instance <c>Vector256&lt;float&gt;</c>; a plain number for scalar
    /// code.</summary>
    public required string Vector { get; init; }

    /// <summary>The runtime's lanes that library code is specialised for.</summary>
    public required string Lanes { get; init; }

    /// <summary>Format strings; operands are {0}, {1} and {2}.</summary>
    public required string Add { get; init; }

    public required string Subtract { get; init; }

    public required string Multiply { get; init; }

    public required string Divide { get; init; }

    /// <summary>{0} · {1} + {2}.</summary>
    public required string MultiplyAdd { get; init; }

    /// <summary>{2} − {0} · {1}.</summary>
    public required string MultiplySubtract { get; init; }

    /// <summary>The smaller one, and the second one where it is no number.</summary>
    public required string Min { get; init; }

    public required string Max { get; init; }

    /// <summary>The number that a variable or element holds, in every lane.</summary>
    public required string Broadcast { get; init; }

    /// <summary>A constant in every lane.</summary>
    public required string Splat { get; init; }

    /// <summary>The bits of {0}, as an integer, moved left by 23.</summary>
    public required string ShiftToExponent { get; init; }

    public required string Abs { get; init; }

    /// <summary>{0} where the mask {1} is set, else 0.</summary>
    public required string Masked { get; init; }

    /// <summary>A mask out of integers, 0 or −1 for each lane.</summary>
    public required string Mask { get; init; }

    /// <summary>1 where {0} is greater than 0, else 0.</summary>
    public required string OneIfPositive { get; init; }

    public static VectorOperations Of(SimdTarget target, Precision precision)
    {
        string number = precision == Precision.Double ? "double" : "float";
        string suffix = precision == Precision.Double ? "Double" : "Single";
        string letter = precision == Precision.Double ? "d" : "f";
        return target.Name switch
        {
            "Avx512" => Avx512(number, suffix, letter),
            "Avx2" => Avx2(number, suffix, letter),
            "Vector128" => Vector128(number, suffix, letter),
            _ => Scalar(number, letter),
        };
    }

    public static string Number(double value, Precision precision) =>
        precision == Precision.Double
            ? value.ToString("R", CultureInfo.InvariantCulture) + "d"
            : ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    private static VectorOperations Avx512(string number, string suffix, string letter) => new()
    {
        Vector = $"Vector512<{number}>",
        Lanes = $"Lanes512{suffix}",
        Add = "Avx512F.Add({0}, {1})",
        Subtract = "Avx512F.Subtract({0}, {1})",
        Multiply = "Avx512F.Multiply({0}, {1})",
        Divide = "Avx512F.Divide({0}, {1})",
        MultiplyAdd = "Avx512F.FusedMultiplyAdd({0}, {1}, {2})",
        MultiplySubtract = "Avx512F.FusedMultiplyAddNegated({0}, {1}, {2})",
        Min = "Avx512F.Min({0}, {1})",
        Max = "Avx512F.Max({0}, {1})",
        Broadcast = "Avx512F.BroadcastScalarToVector512(Vector128.CreateScalarUnsafe({0}))",
        Splat = "Vector512.Create({0})",
        ShiftToExponent = "Avx512F.ShiftLeftLogical({0}.AsInt32(), 23).AsSingle()",
        Masked = "Avx512DQ.And({0}, {1})",
        Mask = $"Vector512.Create({{0}}).As{suffix}()",
        Abs = $"Avx512DQ.AndNot(Vector512.Create(-0{letter}), {{0}})",
        OneIfPositive = $"Avx512F.BlendVariable(Vector512<{number}>.Zero, Vector512.Create(1{letter}),"
            + $" Avx512F.CompareGreaterThan({{0}}, Vector512<{number}>.Zero))",
    };

    private static VectorOperations Avx2(string number, string suffix, string letter) => new()
    {
        Vector = $"Vector256<{number}>",
        Lanes = $"Lanes256{suffix}",
        Add = "Avx.Add({0}, {1})",
        Subtract = "Avx.Subtract({0}, {1})",
        Multiply = "Avx.Multiply({0}, {1})",
        Divide = "Avx.Divide({0}, {1})",
        MultiplyAdd = "Fma.MultiplyAdd({0}, {1}, {2})",
        MultiplySubtract = "Fma.MultiplyAddNegated({0}, {1}, {2})",
        Min = "Avx.Min({0}, {1})",
        Max = "Avx.Max({0}, {1})",
        Broadcast = "Avx.BroadcastScalarToVector256(&{0})",
        Splat = "Vector256.Create({0})",
        ShiftToExponent = "System.Runtime.Intrinsics.X86.Avx2.ShiftLeftLogical({0}.AsInt32(), 23).AsSingle()",
        Masked = "Avx.And({0}, {1})",
        Mask = $"Vector256.Create({{0}}).As{suffix}()",
        Abs = $"Avx.AndNot(Vector256.Create(-0{letter}), {{0}})",
        OneIfPositive = $"Avx.BlendVariable(Vector256<{number}>.Zero, Vector256.Create(1{letter}),"
            + $" Avx.CompareGreaterThan({{0}}, Vector256<{number}>.Zero))",
    };

    private static VectorOperations Vector128(string number, string suffix, string letter) => new()
    {
        Vector = $"Vector128<{number}>",
        Lanes = $"Lanes128{suffix}",
        Add = "Vector128.Add({0}, {1})",
        Subtract = "Vector128.Subtract({0}, {1})",
        Multiply = "Vector128.Multiply({0}, {1})",
        Divide = "Vector128.Divide({0}, {1})",
        MultiplyAdd = "Vector128.MultiplyAddEstimate({0}, {1}, {2})",
        MultiplySubtract = "Vector128.MultiplyAddEstimate(Vector128.Negate({0}), {1}, {2})",
        Min = "Vector128.MinNative({0}, {1})",
        Max = "Vector128.MaxNative({0}, {1})",
        Broadcast = "Vector128.Create({0})",
        Splat = "Vector128.Create({0})",
        ShiftToExponent = "Vector128.ShiftLeft({0}.AsInt32(), 23).AsSingle()",
        Masked = "Vector128.BitwiseAnd({0}, {1})",
        Mask = $"Vector128.Create({{0}}).As{suffix}()",
        Abs = "Vector128.Abs({0})",
        OneIfPositive = $"Vector128.ConditionalSelect(Vector128.GreaterThan({{0}}, Vector128<{number}>.Zero),"
            + $" Vector128.Create(1{letter}), Vector128<{number}>.Zero)",
    };

    private static VectorOperations Scalar(string number, string letter) => new()
    {
        Vector = number,
        Lanes = $"Lanes1<{number}>",
        Add = "({0} + {1})",
        Subtract = "({0} - {1})",
        Multiply = "({0} * {1})",
        Divide = "({0} / {1})",
        MultiplyAdd = $"{number}.MultiplyAddEstimate({{0}}, {{1}}, {{2}})",
        MultiplySubtract = $"{number}.MultiplyAddEstimate(-({{0}}), {{1}}, {{2}})",
        Min = "({0} < {1} ? {0} : {1})",
        Max = "({0} > {1} ? {0} : {1})",
        Broadcast = "{0}",
        Splat = "{0}",
        ShiftToExponent = "BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits({0}) << 23)",

        // One lane is never padding.
        Masked = "{0}",
        Mask = "{0}",
        Abs = $"{number}.Abs({{0}})",
        OneIfPositive = $"({{0}} > 0 ? 1{letter} : 0)",
    };
}
