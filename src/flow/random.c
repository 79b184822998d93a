/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "random.h"

#include <math.h>

#define GOLDEN 0x9e3779b97f4a7c15ULL
#define LN2_HIGH 6.93147180369123816490e-01
#define LN2_LOW 1.90821492927058770002e-10
#define SQRT_HALF 0.70710678118654752440

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

guint64
baton_random_at (guint64 key, guint64 counter)
{
  return mix (key + (counter + 1) * GOLDEN);
}

guint64
baton_random_key (guint64 seed, guint64 part)
{
  return mix (mix (seed + GOLDEN) ^ (part * 0xd1342543de82ef95ULL + 1));
}

double
baton_random_unit (guint64 bits)
{
  return ((double) (bits >> 12) + 0.5) * 0x1p-52;
}

void
baton_random_init (BatonRandom *random, guint64 seed)
{
  for (guint i = 0; i < 4; i++)
    random->state[i] = baton_random_at (seed, i);
}

static guint64
rotate (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

guint64
baton_random_next (BatonRandom *random)
{
  guint64 *s = random->state;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

/* Lemire's multiplication, with the few values that would favour some results drawn again. */
guint
baton_random_below (BatonRandom *random, guint n)
{
  guint64 product = (baton_random_next (random) >> 32) * n;

  g_return_val_if_fail (n > 0, 0);
  if ((guint32) product < n)
    {
      guint32 least = (guint32) -n % n;

      while ((guint32) product < least)
        product = (baton_random_next (random) >> 32) * n;
    }
  return (guint) (product >> 32);
}

static const double odd_reciprocals[] = { 1.0, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13,
  1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23 };
static const double factorial_reciprocals[] = { 1.0, 1.0, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720,
  1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0,
  1.0 / 87178291200.0 };

/* log x = e log 2 + 2 artanh ((m − 1) / (m + 1)), m between √½ and √2. */
double
baton_fixed_log (double x)
{
  int e;
  double m = frexp (x, &e);
  double s;
  double square;
  double sum = 0;

  g_return_val_if_fail (x > 0, 0);
  if (m < SQRT_HALF)
    {
      m *= 2;
      e--;
    }
  s = (m - 1) / (m + 1);
  square = s * s;
  for (guint k = G_N_ELEMENTS (odd_reciprocals); k > 0; k--)
    sum = sum * square + odd_reciprocals[k - 1];
  return e * LN2_HIGH + (2 * s * sum + e * LN2_LOW);
}

double
baton_fixed_exp (double x)
{
  double k = floor (x / (LN2_HIGH + LN2_LOW) + 0.5);
  double r = (x - k * LN2_HIGH) - k * LN2_LOW;
  double sum = 0;

  if (x > 700)
    return baton_fixed_exp (700);
  if (x < -700)
    return 0;
  for (guint i = G_N_ELEMENTS (factorial_reciprocals); i > 0; i--)
    sum = sum * r + factorial_reciprocals[i - 1];
  return ldexp (sum, (int) k);
}

static double
polynomial (const double *c, guint n, double x)
{
  double sum = c[n - 1];

  for (guint i = n - 1; i > 0; i--)
    sum = sum * x + c[i - 1];
  return sum;
}

double
baton_normal_quantile (double p)
{
  static const double a[] = { 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
    1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4,
    2.5090809287301226727e+3 };
  static const double b[] = { 1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2,
    5.3941960214247511077e+3, 2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
    5.2264952788528545610e+3 };
  static const double c[] = { 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
    7.74545014278341407640e-4 };
  static const double d[] = { 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
    6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
    5.47593808499534494600e-4, 1.05075007164441684324e-9 };
  static const double e[] = { 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7 };
  static const double f[] = { 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
    1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
    1.42151175831644588870e-7, 2.04426310338993978564e-15 };
  double q = p - 0.5;
  double r;
  double value;

  g_return_val_if_fail (p > 0 && p < 1, 0);
  if (fabs (q) <= 0.425)
    {
      r = 0.180625 - q * q;
      return q * polynomial (a, 8, r) / polynomial (b, 8, r);
    }
  r = sqrt (-baton_fixed_log (q < 0 ? p : 1 - p));
  if (r <= 5)
    value = polynomial (c, 8, r - 1.6) / polynomial (d, 8, r - 1.6);
  else
    value = polynomial (e, 8, r - 5) / polynomial (f, 8, r - 5);
  return q < 0 ? -value : value;
}

double
baton_normal_probability (double z)
{
  static const double above[] = { 220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383,
    6.37396220353165, 0.700383064443688, 3.52624965998911e-02 };
  static const double below[] = { 440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674,
    86.7807322029461, 16.064177579207, 1.75566716318264, 8.83883476483184e-02 };
  double x = fabs (z);
  double tail;

  if (x > 37)
    tail = 0;
  else if (x < 7.07106781186547)
    tail = baton_fixed_exp (-x * x / 2) * polynomial (above, 7, x) / polynomial (below, 8, x);
  else
    tail = baton_fixed_exp (-x * x / 2) / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
  return z > 0 ? 1 - tail : tail;
}
