namespace RnnGen;

/// <summary>
/// Base of the attributes that end a model, or a branch of it, with the loss it is trained on. Where a model has
/// several heads, each begins behind another's loss by <c>[From]</c> and ends with a loss of its own, which is called
/// by its <see cref="LayerAttribute.Name"/>; the model's loss is their sum, each times its <see cref="Weight"/>. To
/// write your own, derive an attribute from it and write the loss as a struct that implements <see
/// cref="Losses.IClassLoss"/> or <see cref="Losses.IValueLoss"/>.
/// </summary>
/// <typeparam name="TLoss">The loss.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute<TLoss> : LayerAttribute
    where TLoss : struct
{
    /// <summary>
    /// What the mean loss of the head is multiplied by in the loss of the model: above 0, and finite. Default 1.
    /// </summary>
    public double Weight { get; set; } = 1;
}
