namespace RnnGen.Kernels;

/// <summary>
/// The inverse of the standard normal distribution function: algorithm AS 241 (PPND16) of Wichura (1988), to about one
/// part in 10¹⁶. It uses +, −, ×, ÷ and square roots alone, which are exact to the last bit on every machine; a
/// library's logarithm is not.
/// </summary>
internal static class NormalQuantile
{
    /// <summary>
    /// The number below which a normal number lies with probability <paramref name="p"/>, 0 &lt; p &lt; 1.
    /// </summary>
    public static double At(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * Central(0.180625 - (q * q));
        }

        double r = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        double x = r <= 5 ? Middle(r - 1.6) : Far(r - 5);
        return q < 0 ? -x : x;
    }

    private static double Central(double r)
        => Polynomial(
                r,
                2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
                4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
                1.3314166789178437745e+2, 3.3871328727963666080e+0)
            / Polynomial(
                r,
                5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4,
                2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2,
                4.2313330701600911252e+1, 1.0);

    private static double Middle(double r)
        => Polynomial(
                r,
                7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
                1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0,
                4.63033784615654529590e+0, 1.42343711074968357734e+0)
            / Polynomial(
                r,
                1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
                1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e+0,
                2.05319162663775882187e+0, 1.0);

    private static double Far(double r)
        => Polynomial(
                r,
                2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
                2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0,
                5.46378491116411436990e+0, 6.65790464350110377720e+0)
            / Polynomial(
                r,
                2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
                7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
                5.99832206555887937690e-1, 1.0);

    // Coefficients from the highest power down.
    private static double Polynomial(
        double x, double a7, double a6, double a5, double a4, double a3, double a2, double a1, double a0)
        => (((((((((((((a7 * x) + a6) * x) + a5) * x) + a4) * x) + a3) * x) + a2) * x) + a1) * x) + a0;

    // ln(m · 2ⁿ) = n ln 2 + 2 artanh((m − 1) / (m + 1)), with m between √½ and √2; for normal numbers above 0.
    private static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int n = (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            n++;
        }

        double s = (m - 1) / (m + 1);
        double sum = 0;
        for (int power = 23; power >= 1; power -= 2)
        {
            sum = (sum * s * s) + (1.0 / power);
        }

        return (n * 0.6931471805599453) + (2 * s * sum);
    }
}
