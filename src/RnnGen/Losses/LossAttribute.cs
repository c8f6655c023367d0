namespace RnnGen;

/// <summary>
/// Base of the attributes that end a model with the loss it is trained on. To write your own, derive an attribute
/// from it and write the loss as a struct that implements <see cref="Losses.IClassLoss"/> or
/// <see cref="Losses.IValueLoss"/>.
/// </summary>
/// <typeparam name="TLoss">The loss.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public abstract class LossAttribute<TLoss> : LayerAttribute
    where TLoss : struct;
