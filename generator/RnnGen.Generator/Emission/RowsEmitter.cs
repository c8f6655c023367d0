using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits operations that go over rows one by one.</summary>
internal sealed class RowsEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    public void Emit(PassOperation operation)
    {
        using (Method(operation))
        {
            switch (operation)
            {
                case GatherRows gather:
                    EmitGather(gather);
                    break;
                case ScatterRows scatter:
                    EmitScatter(scatter);
                    break;
                case FillRows fill:
                    EmitFill(fill);
                    break;
                case MapRows map:
                    EmitMap(map);
                    break;
                case DropoutRows dropout:
                    EmitDropout(dropout);
                    break;
                case CopyRows copy:
                    EmitColumns(copy);
                    break;
                case JoinStates join:
                    EmitJoin(join);
                    break;
                case JoinGradients join:
                    EmitJoinGradients(join);
                    break;
                case ClearRows clear:
                    EmitClearRows(clear);
                    break;
                case LossRows loss:
                    EmitLoss(loss);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(operation), operation, "No emitter for this.");
            }
        }
    }

    private void EmitGather(GatherRows gather)
    {
        using (Code.Block("for (int row = first; row < end; row++)"))
        {
            Code.Line(
                $"{Number}* source = {Place(gather.Table.Start)}"
                    + $" + ((nint)pass.Feeds[{gather.Tokens.Constant}].Indices[row] * {gather.TableStride});");
            Code.Line($"{Number}* target = {Place(gather.Target.Start)} + ((nint)row * {gather.Target.Stride});");
            using (Code.Block($"for (int i = 0; i < {gather.Target.Stride}; i += {Lanes})"))
            {
                Code.Line("*(V*)(target + i) = *(V*)(source + i);");
            }
        }
    }

    private void EmitScatter(ScatterRows scatter)
    {
        int vectors = scatter.TableStride / Lanes;
        Code.Comment(
            "Workers share the columns, so that rows of one token are added in the same order whatever their number.");
        EmitShare(Text(vectors));
        Code.Line($"first *= {Lanes};\nend *= {Lanes};");
        Code.Line($"{Number}* table = {Place(scatter.Table.Start.Gradient)};");
        using (Code.Block($"for (int token = 0; token < {scatter.TableRows}; token++)"))
        {
            Code.Line(
                $"new Span<{Number}>(table + ((nint)token * {scatter.TableStride}) + first, end - first).Clear();");
        }

        Code.Line();
        using (Code.Block("for (int row = 0; row < pass.Rows; row++)"))
        {
            Code.Line($"{Number}* source = {Place(scatter.Gradient.Start)} + ((nint)row * {scatter.Gradient.Stride});");
            string token = $"pass.Feeds[{scatter.Tokens.Constant}].Indices[row]";
            Code.Line($"{Number}* target = table + ((nint){token} * {scatter.TableStride});");
            using (Code.Block($"for (int i = first; i < end; i += {Lanes})"))
            {
                Code.Line(
                    $"*(V*)(target + i) ="
                        + $" {EmissionContext.Format(Operations.Add, "*(V*)(target + i)", "*(V*)(source + i)")};");
            }
        }
    }

    private void EmitFill(FillRows fill)
    {
        using (Code.Block($"for (int panel = 0; panel < {fill.Panels}; panel++)"))
        {
            if (fill.Bias is { } bias)
            {
                Code.Line(
                    $"{Number}* bias = {Place(bias.Start)} + panel * {fill.BiasPanelStride} + {fill.BiasColumn};");
            }

            using (Code.Block("for (int row = first; row < end; row++)"))
            {
                Code.Line(
                    $"{Number}* target = {Place(fill.Target)} + ((nint)panel * {fill.PanelStride})"
                        + $" + ((nint)row * {fill.RowStride});");
                for (int vector = 0; vector < fill.Vectors; vector++)
                {
                    string at = vector == 0 ? "" : " + " + Text(vector * Lanes);
                    Code.Line($"*(V*)(target{at}) = {(fill.Bias is null ? Context.Zero : $"*(V*)(bias{at})")};");
                }
            }
        }
    }

    private void EmitMap(MapRows map)
    {
        RowBuffer shape = map.Values[0];
        for (int i = 0; i < map.Values.Count; i++)
        {
            Code.Line($"{Number}* rows{i} = {Place(map.Values[i].Start)};");
        }

        using (Code.Block(
            $"for (nint at = (nint)first * {shape.Stride}; at < (nint)end * {shape.Stride}; at += {Lanes})"))
        {
            new PointwiseEmitter(Code, Context, map.Program)
            {
                VectorAt = place => $"*(V*)(rows{place.Index} + at)",
            }.Emit();
        }
    }

    private void EmitDropout(DropoutRows dropout)
    {
        RowBuffer target = dropout.Target;
        if (dropout.Source is { } source)
        {
            using (Code.Block("for (int row = first; row < end; row++)"))
            {
                EmitCopyRow(source, target);
            }

            Code.Line();
        }

        // A mask of its own for each segment: it must not depend on how far rows are padded.
        for (int segment = 0; segment < target.Segments; segment++)
        {
            int site = (dropout.Stream * 2) + segment;
            Code.Line($"Dropout.Apply<{Operations.Lanes}, {Number}>(");
            Code.Line(
                $"    {Place(target.Segment(segment).Start)} + ((nint)first * {target.Stride}),"
                    + $" end - first, {target.Width}, {target.Stride}, first,");
            string rate = VectorOperations.Number(dropout.Rate, Precision.Single);
            Code.Line($"    {rate}, Dropout.SiteKey(pass.DropoutKey, {site}));");
        }
    }

    private void EmitColumns(CopyRows copy)
    {
        using (Code.Block("for (int row = first; row < end; row++)"))
        {
            foreach (ColumnRun run in copy.Runs)
            {
                string from = $"{Place(copy.Source.Start.Plus(run.From))} + ((nint)row * {copy.Source.Stride})";
                string to = $"{Place(copy.Target.Start.Plus(run.To))} + ((nint)row * {copy.Target.Stride})";
                if (copy.Adds)
                {
                    Code.Line($"RowAddition.Add<{Operations.Lanes}, {Number}>(\n    {from},\n    {to}, {run.Width});");
                }
                else
                {
                    EmitCopy(from, to, run.Width);
                }
            }

            foreach (ColumnRun gap in copy.Gaps)
            {
                EmitClear(copy.Target, gap.To, gap.Width);
            }
        }
    }

    // Rows may be padded differently: the batch's own features are not padded at all.
    private void EmitCopyRow(RowBuffer source, RowBuffer target)
    {
        string from = $"{Place(source.Start)} + ((nint)row * {source.Stride})";
        string to = $"{Place(target.Start)} + ((nint)row * {target.Stride})";
        EmitCopy(from, to, Math.Min(source.Stride, target.Stride));
        if (target.Stride.Value > source.Stride.Value)
        {
            EmitClear(target, source.Stride, target.Stride.Value - source.Stride.Value);
        }
    }

    private void EmitClear(RowBuffer target, int column, int count) => Code.Line(
        $"new Span<{Number}>({Place(target.Start.Plus(column))} + ((nint)row * {target.Stride}), {count}).Clear();");

    private void EmitJoin(JoinStates join)
    {
        string axis = join.From.Name;
        EmitPassOf(join.From);
        using (Code.Block("for (int i = first; i < end; i++)"))
        {
            Code.Line("int partner = pass.Partners[i];");
            Code.Line(join.IsReverse ? "int last = partner;"
                : $"int last = {axis}.StepOffset[{axis}.Lengths[partner] - 1] + partner;");
            ColumnRun part = join.Part ?? new ColumnRun(0, 0, join.Target.SegmentStride);
            EmitCopy(
                $"{Place(join.Source.Start)} + ((nint)last * {join.Source.Stride})",
                $"{Place(join.Target.Start.Plus(part.To))} + ((nint)i * {join.Target.Stride})", part.Width);
            EmitClearBehind(join.Target, part, join.Target.Size, "i");
        }
    }

    // What is not copied, since others take whole vectors.
    private void EmitClearBehind(RowBuffer rows, ColumnRun part, int size, string row)
    {
        int end = part.To + part.Width;
        if (end == size && rows.SegmentStride > size)
        {
            Code.Line($"new Span<{Number}>(");
            Code.Line(
                $"    {Place(rows.Start.Plus(size))} + ((nint){row} * {rows.Stride}), {rows.SegmentStride - size})"
                    + ".Clear();");
        }
    }

    private void EmitJoinGradients(JoinGradients join)
    {
        ColumnRun part = join.Part?.Reversed ?? new ColumnRun(0, 0, join.Target.SegmentStride);
        string source = $"{Place(join.Source.Start.Plus(part.From))} + ((nint)i * {join.Source.Stride})";
        if (!join.IsCarried)
        {
            string axis = join.From.Name;
            EmitPassOf(join.From);
            using (Code.Block("for (int i = first; i < end; i++)"))
            {
                EmitJoinRows(join, axis, source, part);
            }

            return;
        }

        using (Code.Block("for (int i = first; i < end; i++)"))
        {
            EmitCopy(
                source, $"{Place(join.Target.Start)} + ((nint)pass.Partners[i] * {join.Target.Stride})", part.Width);
            EmitClearBehind(join.Target, part, join.Target.Width, "pass.Partners[i]");
        }
    }

    // A partner is one sequence's alone: so are all its rows.
    private void EmitJoinRows(JoinGradients join, string axis, string source, ColumnRun part)
    {
        string Row(string row) => $"{Place(join.Target.Start)} + ((nint){row} * {join.Target.Stride})";
        Code.Line("int partner = pass.Partners[i];");
        Code.Line(join.IsReverse
            ? "int last = partner;"
            : $"int last = {axis}.StepOffset[{axis}.Lengths[partner] - 1] + partner;");
        if (join.Adds)
        {
            EmitAddition(source, Row("last"), part.Width);
            return;
        }

        using (Code.Block($"for (int t = 0; t < {axis}.Lengths[partner]; t++)"))
        {
            Code.Line($"new Span<{Number}>(");
            Code.Line($"    {Row($"({axis}.StepOffset[t] + partner)")}, {join.Target.SegmentStride}).Clear();");
        }

        EmitCopy(source, Row("last"), part.Width);
    }

    private void EmitClearRows(ClearRows clear)
    {
        Code.Line($"new Span<{Number}>(");
        Code.Line($"    {Place(clear.Target.Start)} + ((nint)first * {clear.Target.Stride}),");
        Code.Line($"    (end - first) * {clear.Target.Stride}).Clear();");
    }

    private void EmitLoss(LossRows loss)
    {
        using (Code.Block("if (!pass.HasTargets)"))
        {
            Code.Line("return;");
        }

        Code.Line();
        using (Code.Block("for (int row = first; row < end; row++)"))
        {
            Code.Line($"{Number}* outputs = {Place(loss.Gradient.Start)} + ((nint)row * {loss.Gradient.Stride});");
            if (loss.Gradient != loss.Outputs)
            {
                Code.Line(
                    $"new Span<{Number}>({Place(loss.Outputs.Start)} + ((nint)row * {loss.Outputs.Stride}),"
                        + $" {loss.Outputs.Stride}).CopyTo(new Span<{Number}>(outputs, {loss.Gradient.Stride}));");
            }

            string feed = $"pass.Feeds[{loss.Target.Constant}]";
            string target = loss.Target.HasIndices ? $"{feed}.Indices[row]"
                : $"{feed}.Values + ((nint)row * {loss.Outputs.Size})";
            string head = $"pass.Heads[{loss.Head}]";
            Code.Line(
                $"{head}.Rows[row] = {loss.Loss.TypeName}.Row<{Operations.Lanes}, {Number}>(\n    outputs,"
                    + $" {loss.Outputs.Size}, {target}, {head}.GradientScale);");
        }
    }
}
