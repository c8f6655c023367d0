using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>What equations must keep to beyond their language.</summary>
internal static class CellCheck
{
    // A gate has one matrix for the input and one for the state: each is one product.
    public static void Gates(CellSpec cell, string method)
    {
        if (cell.Gates.Count == 0)
        {
            throw CellReader.Unreadable(method, "no gate is applied");
        }

        for (int gate = 0; gate < cell.Gates.Count; gate++)
        {
            TermSpec[] terms = [.. cell.Terms.Where(term => term.Gate == gate)];
            if (terms.Count(term => term.HasInput) > 1)
            {
                throw CellReader.Unreadable(method, $"gate '{cell.Gates[gate].Name}' is applied to the input twice");
            }

            if (terms.Count(term => term.Operand >= 0) > 1)
            {
                throw CellReader.Unreadable(
                    method, $"gate '{cell.Gates[gate].Name}' is applied to two recurrent operands");
            }
        }
    }
}
