using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits the method of each operation of a pass; the kinds that are more than a loop have emitters of their
/// own.</summary>
internal sealed class PassEmitter(CodeWriter code, EmissionContext context)
{
    // Rows of activations that stay in the first-level cache while the panels of a weight matrix pass by.
    private const int RowBlock = 96;

    // Rows of W that one task of a weight gradient covers.
    private const int DepthBlock = 48;

    private readonly string _number = context.Number;

    private VectorOperations Operations => context.Operations;

    /// <summary>Emits the methods of operations that read the batch forward or backward.</summary>
    public void Emit(PassOperation operation)
    {
        switch (operation)
        {
            case Recurrence recurrence:
                new RecurrenceEmitter(code, context, recurrence).Emit();
                break;
            case PoolRows or PoolRowsBackward:
                new PoolEmitter(code, context).Emit(operation);
                break;
            default:
                using (Method(operation))
                {
                    EmitBody(operation);
                }

                break;
        }
    }

    private static string Text(long value) => EmissionContext.Text(value);

    private static string Rows(RowKind kind) => kind == RowKind.PerStep ? "pass.Rows" : "pass.Batch";

    private IDisposable Method(PassOperation operation)
    {
        code.Line();
        code.Summary(operation.Comment);
        return code.Block(
            $"private static void {operation.Method}(in Pass<{_number}> pass, WorkerTeam team, int worker)");
    }

    private void EmitBody(PassOperation operation)
    {
        switch (operation)
        {
            case GatherRows gather:
                EmitGather(gather);
                break;
            case ScatterRows scatter:
                EmitScatter(scatter);
                break;
            case MultiplyRows multiply:
                EmitMultiply(multiply);
                break;
            case FillRows fill:
                EmitFill(fill);
                break;
            case WeightGradient gradient:
                EmitWeightGradient(gradient);
                break;
            case SumRows sum:
                EmitSum(sum);
                break;
            case MapRows map:
                EmitMap(map);
                break;
            case DropoutRows dropout:
                EmitDropout(dropout);
                break;
            case LossRows loss:
                EmitLoss(loss);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "No emitter for this operation.");
        }
    }

    private void EmitShare(string count)
    {
        code.Line($"int first = Share({count}, worker, team.Workers);");
        code.Line($"int end = Share({count}, worker + 1, team.Workers);");
    }

    private void EmitGather(GatherRows gather)
    {
        EmitShare("pass.Rows");
        using (code.Block("for (int row = first; row < end; row++)"))
        {
            code.Line(
                $"{_number}* source = pass.Parameters + {gather.Table.Name}"
                    + $" + ((nint)pass.Tokens[row] * {gather.TableStride});");
            code.Line($"{_number}* target = {gather.Target.Start} + ((nint)row * {gather.Target.Stride});");
            using (code.Block($"for (int i = 0; i < {gather.Target.Stride}; i += {context.Lanes})"))
            {
                code.Line("*(V*)(target + i) = *(V*)(source + i);");
            }
        }
    }

    private void EmitScatter(ScatterRows scatter)
    {
        int vectors = scatter.TableStride / context.Lanes;
        code.Comment(
            "Workers share the columns, so that rows of one token are added in the same order whatever their number.");
        EmitShare(Text(vectors));
        code.Line($"first *= {context.Lanes};\nend *= {context.Lanes};");
        code.Line($"{_number}* table = pass.Gradients + {scatter.Table.Name};");
        using (code.Block($"for (int token = 0; token < {scatter.TableRows}; token++)"))
        {
            code.Line(
                $"new Span<{_number}>(table + ((nint)token * {scatter.TableStride}) + first, end - first).Clear();");
        }

        code.Line();
        using (code.Block("for (int row = 0; row < pass.Rows; row++)"))
        {
            code.Line($"{_number}* source = {scatter.Gradient.Start} + ((nint)row * {scatter.Gradient.Stride});");
            code.Line($"{_number}* target = table + ((nint)pass.Tokens[row] * {scatter.TableStride});");
            using (code.Block($"for (int i = first; i < end; i += {context.Lanes})"))
            {
                code.Line(
                    $"*(V*)(target + i) ="
                        + $" {EmissionContext.Format(Operations.Add, "*(V*)(target + i)", "*(V*)(source + i)")};");
            }
        }
    }

    private void EmitMultiply(MultiplyRows multiply)
    {
        EmitShare(Rows(multiply.Rows));
        using (code.Block($"for (int row = first; row < end; row += {RowBlock})"))
        {
            code.Line($"int rows = Math.Min({RowBlock}, end - row);");
            code.Line(
                $"{_number}* source = {multiply.Source.Start} + ((nint)row * {multiply.Source.RowStride});");
            for (int i = 0; i < multiply.Matrices.Count; i++)
            {
                EmitPanels(multiply, multiply.Matrices[i], multiply.Targets[i]);
            }
        }
    }

    private void EmitPanels(MultiplyRows multiply, PanelMatrix matrix, ProductTarget target)
    {
        int full = matrix.LastPanelVectors == matrix.PanelVectors ? matrix.Panels : matrix.Panels - 1;
        if (full > 0)
        {
            using (code.Block($"for (int panel = 0; panel < {full}; panel++)"))
            {
                EmitPanel(multiply, matrix, target, "panel", matrix.PanelVectors);
            }
        }

        if (full < matrix.Panels)
        {
            using (code.Scope())
            {
                code.Comment("The last panel is narrower.");
                code.Line($"const int panel = {full};");
                EmitPanel(multiply, matrix, target, "panel", matrix.LastPanelVectors);
            }
        }
    }

    private void EmitPanel(MultiplyRows multiply, PanelMatrix matrix, ProductTarget target, string panel, int vectors)
    {
        code.Line(
            $"{_number}* target = {target.Start} + ((nint){panel} * {target.PanelStride})"
                + $" + ((nint)row * {target.RowStride});");
        string? init = multiply.Start switch
        {
            ProductStart.Zero => "pass.Workspace + Zeros",
            ProductStart.Bias => BiasAt(multiply.Bias!, target, panel),
            _ => null,
        };
        MatrixOperand source = multiply.Source;
        new ProductCall
        {
            Rows = "rows",
            Depth = Text(source.SegmentLength),
            A = "source",
            ARow = source.RowStride,
            B = $"pass.{multiply.Arena} + {matrix.Name} + ((nint){panel} * {matrix.PanelStride})",
            Init = init,
            C = "target",
            CRow = target.RowStride,
            Segments = source.Segments,
            ASegment = source.SegmentStride,
        }.Emit(code, context, vectors);
    }

    private static string BiasAt(NamedOffset bias, ProductTarget target, string panel) =>
        $"pass.Parameters + {bias.Name} + ({panel} * {target.BiasPanelStride})"
        + (target.BiasColumn == 0 ? "" : $" + {target.BiasColumn}");

    private void EmitFill(FillRows fill)
    {
        EmitShare("pass.Rows");
        using (code.Block($"for (int panel = 0; panel < {fill.Panels}; panel++)"))
        {
            code.Line(
                $"{_number}* bias = pass.Parameters + {fill.Bias.Name} + panel * {fill.BiasPanelStride}"
                    + $" + {fill.BiasColumn};");
            using (code.Block("for (int row = first; row < end; row++)"))
            {
                code.Line(
                    $"{_number}* target = {fill.Target} + ((nint)panel * {fill.PanelStride})"
                        + $" + ((nint)row * {fill.RowStride});");
                for (int vector = 0; vector < fill.Vectors; vector++)
                {
                    string at = vector == 0 ? "" : " + " + Text(vector * context.Lanes);
                    code.Line($"*(V*)(target{at}) = *(V*)(bias{at});");
                }
            }
        }
    }

    // One task is a panel and some rows of W. Each number of the gradient is summed by one worker, row by row.
    private void EmitWeightGradient(WeightGradient gradient)
    {
        MatrixOperand source = gradient.Source;
        PanelMatrix matrix = gradient.Matrix;
        int blocks = (source.SegmentLength + DepthBlock - 1) / DepthBlock;
        int tasks = matrix.Panels * source.Segments * blocks;
        code.Comment(source.Segments * blocks == 1
            ? $"Tasks: {matrix.Panels} panels of columns."
            : $"Tasks: {matrix.Panels} panels of columns × {source.Segments * blocks} blocks of rows of the matrix.");
        EmitShare(Text(tasks));
        using (code.Block("for (int task = first; task < end; task++)"))
        {
            string panel = source.Segments * blocks == 1 ? "task" : $"task / {source.Segments * blocks}";
            code.Line($"int panel = {panel};");
            EmitDepthRange(source, blocks);
            EmitByWidth(matrix, vectors => EmitGradientPanel(gradient, vectors));
        }
    }

    private void EmitDepthRange(MatrixOperand source, int blocks)
    {
        string block = $"task % {source.Segments * blocks}";
        if (source.Segments * blocks == 1)
        {
            code.Line($"const int depth = 0, rows = {source.SegmentLength};");
            code.Line($"{_number}* source = {source.Start};");
            return;
        }

        if (source.Segments == 1)
        {
            code.Line($"int depth = {block} * {DepthBlock};");
            code.Line($"int rows = Math.Min({DepthBlock}, {source.SegmentLength} - depth);");
            code.Line($"{_number}* source = {source.Start} + depth;");
            return;
        }

        code.Line($"int segment = {block} / {blocks};");
        code.Line($"int within = {block} % {blocks} * {DepthBlock};");
        code.Line($"int depth = (segment * {source.SegmentLength}) + within;");
        code.Line($"int rows = Math.Min({DepthBlock}, {source.SegmentLength} - within);");
        code.Line($"{_number}* source = {source.Start} + ((nint)segment * {source.SegmentStride}) + within;");
    }

    private void EmitByWidth(PanelMatrix matrix, Action<int> emit)
    {
        if (matrix.LastPanelVectors == matrix.PanelVectors || matrix.Panels == 1)
        {
            emit(matrix.LastPanelVectors);
            return;
        }

        using (code.Block($"if (panel < {matrix.Panels - 1})"))
        {
            emit(matrix.PanelVectors);
        }

        using (code.Block("else"))
        {
            emit(matrix.LastPanelVectors);
        }
    }

    private void EmitGradientPanel(WeightGradient gradient, int vectors)
    {
        PanelMatrix matrix = gradient.Matrix;
        int width = vectors * context.Lanes;
        code.Line(
            $"{_number}* target = pass.Gradients + {matrix.Name} + ((nint)panel * {matrix.PanelStride})"
                + $" + (depth * {width});");
        code.Line($"new Span<{_number}>(target, rows * {width}).Clear();");
        code.Line($"{_number}* gates = {gradient.Gradient} + ((nint)panel * {gradient.GradientPanelStride});");
        switch (gradient.Alignment)
        {
            case RowAlignment.Same:
                code.Line($"var run = new RowRun(0, 0, {Rows(gradient.Rows)});");
                EmitGradientRun(gradient, vectors);
                break;
            case RowAlignment.StepBefore:
                code.Line("int step = 0;");
                using (code.Block(
                    $"while (RowRun.NextBefore(pass, {context.Plan.Batch}, ref step, out RowRun run))"))
                {
                    EmitGradientRun(gradient, vectors);
                }

                break;
            default:
                code.Line("int step = 0;");
                using (code.Block("while (RowRun.NextAfter(pass, ref step, out RowRun run))"))
                {
                    EmitGradientRun(gradient, vectors);
                }

                break;
        }
    }

    private void EmitGradientRun(WeightGradient gradient, int vectors)
    {
        int stride = gradient.Source.RowStride;
        using (code.Block($"for (int row = 0; row < run.Rows; row += {RowBlock})"))
        {
            new ProductCall
            {
                Rows = "rows",
                Depth = $"Math.Min({RowBlock}, run.Rows - row)",
                A = $"source + ((nint)(run.Partner + row) * {stride})",
                ARow = 1,
                B = $"gates + ((nint)(run.Row + row) * {gradient.GradientRowStride})",
                C = "target",
                CRow = vectors * context.Lanes,
                ADepth = stride,
                BDepth = gradient.GradientRowStride,
            }.Emit(code, context, vectors);
        }
    }

    private void EmitSum(SumRows sum)
    {
        code.Comment("Four sums at once: an addition must not wait for the one before.");
        EmitShare(Text(sum.TargetVectors));
        using (code.Block("for (int vector = first; vector < end; vector++)"))
        {
            string at = sum.Panels == 1
                ? $"vector * {context.Lanes}"
                : $"(nint)(vector / {sum.Vectors}) * {sum.SourcePanelStride}"
                    + $" + vector % {sum.Vectors} * {context.Lanes}";
            code.Line($"{_number}* source = {sum.Source} + {at};");
            code.Line($"V sum0 = {context.Zero}, sum1 = sum0, sum2 = sum0, sum3 = sum0;");
            string stride = Text(sum.SourceRowStride);
            code.Line("int row = 0;");
            using (code.Block($"for (; row + 4 <= {Rows(sum.Rows)}; row += 4, source += 4 * {stride})"))
            {
                for (int i = 0; i < 4; i++)
                {
                    string value = EmissionContext.Load(
                        i == 0 ? "source" : $"source + {(long)i * sum.SourceRowStride}");
                    code.Line($"sum{i} = {EmissionContext.Format(Operations.Add, $"sum{i}", value)};");
                }
            }

            code.Line();
            using (code.Block($"for (; row < {Rows(sum.Rows)}; row++, source += {stride})"))
            {
                code.Line($"sum0 = {EmissionContext.Format(Operations.Add, "sum0", "*(V*)source")};");
            }

            code.Line();
            string pairs = EmissionContext.Format(
                Operations.Add, EmissionContext.Format(Operations.Add, "sum0", "sum1"), EmissionContext.Format(
                    Operations.Add, "sum2", "sum3"));
            code.Line($"*(V*)(pass.Gradients + {sum.Target.Name} + vector * {context.Lanes}) = {pairs};");
        }
    }

    private void EmitMap(MapRows map)
    {
        RowBuffer shape = map.Values[0];
        EmitShare(Rows(shape.Rows));
        for (int i = 0; i < map.Values.Count; i++)
        {
            code.Line($"{_number}* rows{i} = {map.Values[i].Start};");
        }

        using (code.Block(
            $"for (nint at = (nint)first * {shape.Stride}; at < (nint)end * {shape.Stride}; at += {context.Lanes})"))
        {
            PointwiseEmitter.Emit(code, context, map.Program, place => $"*(V*)(rows{place.Index} + at)");
        }
    }

    private void EmitDropout(DropoutRows dropout)
    {
        EmitShare(Rows(dropout.Target.Rows));
        string stride = Text(dropout.Target.Stride);
        code.Line($"{_number}* target = {dropout.Target.Start} + ((nint)first * {stride});");
        if (dropout.Source is { } source)
        {
            code.Line($"{_number}* source = {source.Start} + ((nint)first * {source.Stride});");
            using (code.Block($"for (nint i = 0; i < (nint)(end - first) * {stride}; i += {context.Lanes})"))
            {
                code.Line("*(V*)(target + i) = *(V*)(source + i);");
            }

            code.Line();
        }

        code.Line($"ulong key = Dropout.SiteKey(pass.DropoutKey, {dropout.Stream});");
        code.Line(
            $"Dropout.Apply<{Operations.Lanes}, {_number}>(target, end - first, {stride}, {stride}, first,"
                + $" {VectorOperations.Number(dropout.Rate, Precision.Single)}, key);");
    }

    private void EmitLoss(LossRows loss)
    {
        using (code.Block("if (!pass.HasTargets)"))
        {
            code.Line("return;");
        }

        code.Line();
        EmitShare(Rows(loss.Outputs.Rows));
        using (code.Block("for (int row = first; row < end; row++)"))
        {
            code.Line($"{_number}* outputs = {loss.Gradient.Start} + ((nint)row * {loss.Gradient.Stride});");
            if (loss.Gradient != loss.Outputs)
            {
                code.Line(
                    $"new Span<{_number}>({loss.Outputs.Start} + ((nint)row * {loss.Outputs.Stride}),"
                        + $" {loss.Outputs.Stride}).CopyTo(new Span<{_number}>(outputs, {loss.Gradient.Stride}));");
            }

            string target = loss.Loss.HasClassTargets ? "pass.TargetClasses[row]"
                : $"pass.TargetValues + ((nint)row * {loss.Outputs.Size})";
            code.Line(
                $"pass.RowLosses[row] = {loss.Loss.TypeName}.Row<{Operations.Lanes}, {_number}>(\n    outputs,"
                    + $" {loss.Outputs.Size}, {target}, pass.GradientScale);");
        }
    }
}
