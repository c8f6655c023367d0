namespace RnnGen;

/// <summary>
/// Base of the attributes that begin a stack of layers in a model of several: the layers below it, to the next one,
/// belong to the stack. Names of their tensors begin with the stack's.
/// </summary>
public abstract class StackAttribute : LayerAttribute;
