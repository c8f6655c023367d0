using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Collects what the layers of a model ask for, for one target.</summary>
internal sealed partial class PlanBuilder
{
    /// <summary>The axis of a model of one stack.</summary>
    public const string TimeAxis = "time";

    /// <summary>The axis that an encoder follows.</summary>
    public const string SourceAxis = "source";

    /// <summary>The axis that a decoder follows.</summary>
    public const string TargetAxis = "target";

    private const int CacheLineBytes = 64;

    private const int PageBytes = 4096;

    private readonly List<PassOperation> _forward = [];
    private readonly List<List<PassOperation>> _backward = [];
    private readonly List<StepOperation> _step = [];
    private readonly HashSet<string> _names = [];
    private readonly List<long> _flopsAlong = [];
    private string _stackPrefix = "";

    public PlanBuilder(ModelSpec model, SimdTarget target, CellPlans cells)
    {
        Model = model;
        Cells = cells;
        Target = target;
        Trains = model.Layers.Any(layer => layer.Loss is not null);
        Lanes = target.Lanes(model.Precision);
        int number = model.Precision == Precision.Double ? sizeof(double) : sizeof(float);
        CacheLine = CacheLineBytes / number;
        Page = PageBytes / number;
        (Parameters, Transposed, Workspace, Scratch, BackwardWorkspace, State, StepWeights) =
            (
                Arena(MemoryArena.Parameters), Arena(MemoryArena.Transposed), Arena(MemoryArena.Workspace),
                Arena(MemoryArena.Scratch), Arena(MemoryArena.Workspace), Arena(MemoryArena.State),
                Arena(MemoryArena.StepWeights));
        Zeros = Workspace.Add("Zeros", target.MostPanelVectors * Lanes, "what sums without a bias start from");
    }

    public ModelSpec Model { get; }

    public SimdTarget Target { get; }

    /// <summary>The same of all targets.</summary>
    public CellPlans Cells { get; }

    /// <summary>Numbers in a vector.</summary>
    public int Lanes { get; }

    /// <summary>Numbers in a cache line.</summary>
    public int CacheLine { get; }

    /// <summary>
    /// Numbers in a page of memory. Rows this far apart are each in another one, which the processor must look up, and
    /// does not fetch ahead: reading a panel of them is slow.
    /// </summary>
    public int Page { get; }

    /// <summary>The ways through time.</summary>
    public List<AxisPlan> Axes { get; } = [];

    /// <summary>The axis of what is being planned: that of the stack, unless it goes over another's rows.</summary>
    public AxisPlan Axis => Axes[_axis];

    public long MostRows => (long)Axis.Steps * Model.Batch;

    /// <summary>
    /// The states that the encoder's recurrent layers end in, layer by layer, which are the decoder's to take: of each
    /// direction all states.
    /// </summary>
    public Queue<NamedStatePlan[][]> Encoded { get; } = [];

    /// <summary>What a learned bridge reads, and its gradient; null where there is none.</summary>
    public (RowBuffer Rows, RowBuffer Gradient)? BridgeInput { get; set; }

    /// <summary>Recurrent layers so far, those that are stacked in one counted each.</summary>
    public int StackedLayers { get; set; }

    /// <summary>A decoder is being planned: what it starts from is no caller's affair.</summary>
    public bool IsInDecoder => _axis > 0;

    /// <summary>The stack that is being planned reads sequences from their ends to their starts.</summary>
    public bool ReadsFromEnd { get; private set; }

    public ArenaBuilder Parameters { get; }

    public ArenaBuilder Transposed { get; }

    /// <summary>What the forward pass reads or writes and others know of, such as states.</summary>
    public ArenaBuilder Workspace { get; }

    /// <summary>What the forward pass reads or writes and nobody else knows of, behind it.</summary>
    public ArenaBuilder Scratch { get; }

    /// <summary>What only the backward pass touches, behind the rest of the workspace.</summary>
    public ArenaBuilder BackwardWorkspace { get; }

    /// <summary>Numbers in the workspace, as long as it may have to be.</summary>
    public long WorkspaceLength => Saturating.Sum(
        Workspace.Length, Trains ? Saturating.Sum(Scratch.Length, BackwardWorkspace.Length) : LayOutScratch().Length);

    public ArenaBuilder State { get; }

    public ArenaBuilder StepWeights { get; }

    public NamedOffset Zeros { get; }

    public List<TensorPlan> Tensors { get; } = [];

    public List<OptionPlan> Options { get; } = [];

    public List<NamedStatePlan> States { get; } = [];

    /// <summary>What comes from outside, inputs before targets.</summary>
    public List<FeedPlan> Feeds { get; } = [];

    /// <summary>What the model gives.</summary>
    public List<HeadPlan> Heads { get; } = [];

    /// <summary>What its attention layers look at.</summary>
    public List<AttentionView> Attentions { get; } = [];

    public List<TransposePanels> Transposes { get; } = [];

    /// <summary>
    /// What the encoder does, how the decoder begins, and what it does: in this order, since a decoder may go on again
    /// and again from there.
    /// </summary>
    public IEnumerable<PassOperation> Forward => Axes.Count < 2 ? _forward
        : _forward.OrderBy(operation => operation.Axis == 0 ? 0 : operation.IsBeginning ? 1 : 2);

    public IEnumerable<PassOperation> Backward => GradientWriters.Settle(
        _forward, Enumerable.Reverse(_backward).SelectMany(operations => operations));

    public IEnumerable<StepOperation> Step => _step;

    /// <summary>The name of the layer that is being planned: what its tensors' names begin with.</summary>
    public string LayerName { get; private set; } = "";

    /// <summary>The same without the stack, as users know what the layer gives.</summary>
    public string NameInStack => LayerName.Substring(_stackPrefix.Length);

    /// <summary>How many layers read the result of the one that is being planned.</summary>
    public int Readers { get; private set; }

    /// <summary>Without a loss there is nothing to go back from.</summary>
    public bool Trains { get; }

    /// <summary>False once a layer needs to see the whole sequence.</summary>
    public bool Streams { get; set; } = true;

    /// <summary>Operations of the forward pass for a row, along all axes together.</summary>
    public long FlopsPerRow { get; private set; }

    /// <summary>The same along each axis.</summary>
    public IReadOnlyList<long> FlopsPerRowAlong => _flopsAlong;

    public int ParameterCount { get; set; }

    /// <summary>A stream of random numbers for each dropout.</summary>
    public int DropoutCount { get; set; }

    /// <summary>Where scratch rows lie outside of training.</summary>
    public ScratchLayout LayOutScratch() => ScratchLayout.Of([.. ScratchLayout.Lives(
        Scratch.Blocks, [.. Forward],
        Heads.Select(head => head.Rows.Start).Concat(Attentions.Select(view => view.Weights.Start)))]);

    /// <summary>Rounds up to whole vectors.</summary>
    public int Padded(int size) => Saturating.ToInt(Padded((long)size));

    /// <summary>The same of a length, which may be more than an int holds.</summary>
    public long Padded(long length) => Saturating.RoundedUp(length, Lanes);

    /// <summary>Vectors that hold so many numbers.</summary>
    public int Vectors(int size) => (int)(Padded((long)size) / Lanes);

    /// <summary>What is added from here on follows another axis, and starts from what the last stack ended in.
    /// </summary>
    public void BeginStack(StackSpec stack)
    {
        _stackPrefix = stack.Name.Length == 0 ? "" : stack.Name + ".";
        Axes.Add(new AxisPlan(Axes.Count, stack.Name switch
        {
            "encoder" => SourceAxis,
            "decoder" => TargetAxis,
            _ => TimeAxis,
        }, stack.Steps));
        _axis = Axes.Count - 1;
        _flopsAlong.Add(0);
        ReadsFromEnd = stack.IsReverse;
        foreach (var layer in Axes.Count > 1 ? States.GroupBy(state => state.StackedLayer) : [])
        {
            Encoded.Enqueue([.. layer.GroupBy(state => state.Direction).Select(direction => direction.ToArray())]);
        }
    }

    /// <summary>What is added from here on belongs to another layer of the model.</summary>
    public void BeginLayer(string name, int readers) => (LayerName, Readers) = (name, readers);

    /// <summary>Counts operations of the forward pass for a row of the stack that is being planned.</summary>
    public void AddFlops(long flops)
    {
        FlopsPerRow += flops;
        _flopsAlong[Axis.Index] += flops;
    }

    /// <summary>
    /// The operation under a name of its own, on the axis of the stack that is being planned; it may be a part of
    /// another.
    /// </summary>
    public TOperation Named<TOperation>(TOperation operation)
        where TOperation : PassOperation => (TOperation)(operation with
        {
            Method = ArenaBuilder.Unique(_names, operation.Method),
            Axis = _axis,
            IsBeginning = _isBeginning,
        });

    public void AddStep(StepOperation operation) =>
        _step.Add(operation with { Method = ArenaBuilder.Unique(_names, operation.Method) });

    /// <summary>What the input of the stack that is being planned is called.</summary>
    public string InputName => InputNameAlong(Axis);

    /// <summary>What the input along an axis is called.</summary>
    public static string InputNameAlong(AxisPlan axis) => axis.Name == TimeAxis ? "inputs" : axis.Name;

    /// <summary>Declares numbers from outside.</summary>
    /// <param name="name">What users call them.</param>
    /// <param name="indices">How many tokens or classes there are; 0 where rows are numbers.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="gradient">Where its gradient goes; null where nobody asks for it.</param>
    public FeedPlan AddFeed(
        string name, RowKind rows, int indices, int width, bool isTarget, RowBuffer? gradient = null)
    {
        string constant = ArenaBuilder.Unique(_names, Identifier(name) + "Feed");
        bool decodes = Model.Decodes && Axis.Index > 0 && indices > 0 && rows == RowKind.PerStep;
        var feed = new FeedPlan(Feeds.Count, constant, name, Axis, rows, indices, width, isTarget, gradient)
        {
            StartToken = decodes && !isTarget ? Model.Start : null,
            EndToken = decodes && isTarget ? Model.End : null,
        };
        Feeds.Add(feed);
        return feed;
    }

    /// <summary>The row in the streaming state: it is copied there if it lies elsewhere, without padding.</summary>
    public StepRow InState(StepRow row, int size)
    {
        if (row.IsInState)
        {
            return row;
        }

        NamedOffset target = State.Add("StepCopied", Padded((long)size), $"[{size}] a copy of the input's row");
        AddStep(new StepCopy("StepCopy", $"copy of the input's row   [{size}]", row, size, target.Start));
        return new StepRow(target.Start);
    }

    private ArenaBuilder Arena(MemoryArena arena) => new(arena, CacheLine, _names);

    /// <summary>Adds rows that the forward pass reads or writes.</summary>
    public RowBuffer Rows(string name, int width, RowKind kind, string comment, int segments = 1) =>
        Rows(Scratch, name, width, kind, comment, segments);

    /// <summary>Adds rows that only the backward pass touches, as gradients are.</summary>
    public RowBuffer BackwardRows(string name, int width, RowKind kind, string comment, int segments = 1) =>
        Rows(BackwardWorkspace, name, width, kind, comment, segments);

    private RowBuffer Rows(
        ArenaBuilder workspace, string name, int width, RowKind kind, string comment, int segments)
    {
        long rows = kind == RowKind.PerStep ? MostRows : Model.Batch;
        long distance = Padded((long)width) * segments;
        NamedOffset place = workspace.Add(
            name, Saturating.Product(rows, distance), $"[{rows}, {segments * width}] {comment}");
        NamedNumber row = workspace.AddDistance($"{place.Name}Stride", distance, "from one row to the next");
        Loop?.Own(place.Name);
        return new RowBuffer(place.Start, width, segments, Padded(width), row, kind);
    }

    /// <summary>Adds a weight matrix in panels.</summary>
    public PanelMatrix Matrix(
        ArenaBuilder arena, string name, long depth, int vectors, int panelVectors, string comment)
    {
        NamedOffset place = arena.Add(name, Saturating.Product(depth, vectors, Lanes), comment);
        int panel = Saturating.ToInt(Saturating.Product(depth, panelVectors, Lanes));
        return new PanelMatrix(
            place, Saturating.ToInt(depth), vectors, panelVectors, Lanes, panelVectors < vectors
                ? arena.AddDistance($"{place.Name}PanelStride", panel, "from one panel to the next")
                : panel);
    }

    /// <summary>The product of rows with a matrix, cut for its size.</summary>
    public RowProduct Product(MatrixOperand source, PanelMatrix matrix, ProductTarget target) =>
        new(matrix, target, MatrixBlocks.Of(matrix, source.Unit, Model.Precision, Target));

    public static string SnakeCase(string name) => LayerNames.SnakeCase(name);

    /// <summary>An identifier out of a tensor name's prefix: <c>EncoderLstm</c> for <c>encoder.lstm</c>.</summary>
    public static string Identifier(string prefix) => LayerNames.Identifier(prefix);
}
