namespace RnnGen.Generator.Planning;

// Where operations go: to the pass, or to a loop within it.
internal sealed partial class PlanBuilder
{
    private LoopBuilder? _loop;
    private bool _isBeginning;
    private int _axis = -1;

    /// <summary>Backward operations added from here on run before those added so far.</summary>
    public void BeginBackward()
    {
        if (Loop is { } loop)
        {
            loop.BeginBackward();
        }
        else
        {
            _backward.Add([]);
        }
    }

    public void AddForward(PassOperation operation)
    {
        PassOperation named = Named(operation);
        if (Loop is { } loop)
        {
            loop.AddForward((RowOperation)named);
        }
        else
        {
            _forward.Add(named);
        }
    }

    public void AddBackward(PassOperation operation)
    {
        PassOperation named = Named(operation);
        switch (Loop, named)
        {
            case ({ } loop, SumOperation sum):
                loop.AddSum(sum);
                break;
            case ({ } loop, RowOperation rows):
                loop.AddBackward(rows);
                break;
            default:
                _backward[_backward.Count - 1].Add(named);
                break;
        }
    }

    /// <summary>The loop that takes what is added; null where nothing lies on a cycle through time.</summary>
    public LoopBuilder? Loop => _loop?.Axis == _axis ? _loop : null;

    /// <summary>What is added from here on is a part of each step of a loop.</summary>
    public void BeginLoop()
    {
        // For what comes back out of the steps.
        _backward.Add([]);
        _loop = new LoopBuilder(_axis);
    }

    /// <summary>Adds the loop, before whatever the layers below it do.</summary>
    public void EndLoop(string name, string comment)
    {
        LoopBuilder loop = _loop!;
        _loop = null;
        LoopPlan plan = loop.ToPlan();
        AddForward(new LoopOperation($"Run{name}", comment, plan, IsBackward: false));
        BeginBackward();
        AddBackward(new LoopOperation($"Run{name}Backward", $"gradients of: {comment}", plan, IsBackward: true));
        _backward[_backward.Count - 1].AddRange(loop.Sums);
        _backward.Add([.. loop.Before]);
    }

    /// <summary>Adds an operation that runs back before those added so far, and before the loop that is open.</summary>
    public void AddBeforeBackward(PassOperation operation)
    {
        PassOperation named = Named(operation);
        if (_loop is { } loop)
        {
            loop.Before.Add(named);
        }
        else
        {
            _backward.Add([named]);
        }
    }

    /// <summary>What is added until the end is no part of a loop: it goes over all rows before it or, back, after it.
    /// </summary>
    public IDisposable OutsideLoop()
    {
        LoopBuilder? loop = _loop;
        _loop = null;
        return new Scope(() => _loop = loop);
    }

    /// <summary>
    /// What is added until the end makes what a decoder's sequences begin from: before its loops, and back after what
    /// has been added last.
    /// </summary>
    public IDisposable Beginning()
    {
        IDisposable outside = OutsideLoop();
        List<PassOperation> last = _backward[_backward.Count - 1];
        _backward.RemoveAt(_backward.Count - 1);
        _backward.Add([]);
        _isBeginning = true;
        return new Scope(() =>
        {
            _isBeginning = false;
            _backward.Add(last);
            outside.Dispose();
        });
    }

    /// <summary>What is added until the end goes over the rows of another axis, and is no part of a loop.</summary>
    public IDisposable Along(AxisPlan axis)
    {
        int own = _axis;
        _axis = axis.Index;
        return new Scope(() => _axis = own);
    }

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
