using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Orders a cell's terms so that those with a common operand lie side by side: one run of columns is one matrix
/// product.
/// </summary>
internal static class SlotOrder
{
    // Beyond this many terms the search would take longer than its result is worth.
    private const int MostTermsToPermute = 6;

    public static int[] Of(CellSpec cell)
    {
        int[] order = [.. Enumerable.Range(0, cell.Terms.Count)];
        if (order.Length > MostTermsToPermute)
        {
            return order;
        }

        return Permutations(order).OrderBy(candidate => Runs(cell, candidate)).First();
    }

    private static int Runs(CellSpec cell, int[] order)
    {
        int runs = CountRuns(order, term => cell.Terms[term].HasInput);
        foreach (int operand in cell.Terms.Select(term => term.Operand).Where(operand => operand >= 0).Distinct())
        {
            runs += CountRuns(order, term => cell.Terms[term].Operand == operand);
        }

        return runs;
    }

    private static int CountRuns(int[] order, Func<int, bool> belongs) =>
        Enumerable.Range(0, order.Length).Count(i => belongs(order[i]) && (i == 0 || !belongs(order[i - 1])));

    // In lexicographic order, so that of equally good orders the equation file's own comes first.
    private static IEnumerable<int[]> Permutations(int[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }

        for (int first = 0; first < items.Length; first++)
        {
            foreach (int[] rest in Permutations([.. items.Where((_, i) => i != first)]))
            {
                yield return [items[first], .. rest];
            }
        }
    }
}
