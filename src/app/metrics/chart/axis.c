/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "axis.h"

#include "axis-time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MINUTE (60.0 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)

void
baton_axis_clear (BatonAxis *axis)
{
  g_clear_pointer (&axis->zone, g_time_zone_unref);
  g_clear_pointer (&axis->names, g_strfreev);
}

char *
baton_number_words (double number, int decimals)
{
  /* Four digits are read at a glance, more of them in groups. */
  char *text = fabs (number) < 9999.5 ? g_strdup_printf ("%.*f", decimals, number)
                                      : g_strdup_printf ("%'.*f", decimals, number);
  char *end = text + strlen (text);

  if (decimals > 0)
    {
      while (end[-1] == '0')
        *--end = '\0';
      if (!g_ascii_isdigit (end[-1]))
        *--end = '\0';
    }
  if (g_str_equal (text, "-0"))
    memmove (text, text + 1, 2);
  return text;
}

char *
baton_share_words (double share)
{
  double percent = share * 100;
  g_autofree char *number = baton_number_words (percent, percent != 0 && fabs (percent) < 1 ? 1 : 0);

  /* Translators: a share, "46 %", with a space that no line breaks at. */
  return g_strdup_printf (_ ("%s\302\240%%"), number);
}

static double
day_of (double day)
{
  return day > 0 ? day : 24 * HOUR;
}

char *
baton_span_short (double span, double day)
{
  double whole = day_of (day);
  g_autofree char *number = NULL;

  if (fabs (span) < MINUTE)
    return g_strdup_printf (_ ("%d min"), span > 0.5 * MINUTE ? 1 : 0);
  if (fabs (span) < HOUR)
    return g_strdup_printf (_ ("%d min"), (int) round (span / MINUTE));
  if (fabs (span) < whole * 0.995)
    {
      number = baton_number_words (span / HOUR, 1);
      /* Translators: hours as a short unit, "5 h". */
      return g_strdup_printf (_ ("%s h"), number);
    }
  number = baton_number_words (span / whole, fabs (span) < 99.5 * whole ? 1 : 0);
  /* Translators: days as a short unit, "2.7 d". */
  return g_strdup_printf (C_ ("span", "%s d"), number);
}

/* 1, 2 or 5 times a power of ten, so that at most most of them make the range. */
static double
round_step (double range, double most)
{
  double raw = range / MAX (most, 1);
  double power = pow (10, floor (log10 (raw)));
  double mantissa = raw / power;

  return power * (mantissa <= 1.0001 ? 1 : mantissa <= 2.0001 ? 2 : mantissa <= 5.0001 ? 5 : 10);
}

static double
span_step (const BatonAxis *axis, double range, double most)
{
  static const double hours[] = { 1.0 / 60, 5.0 / 60, 0.25, 0.5, 1, 2, 4, 6, 12 };
  double day = day_of (axis->day);

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      /* Labels are in the largest unit of the range, with one decimal: 1.25 d would be said as 1.2. */
      double tenths = hours[i] * HOUR / (range >= day ? day : range >= HOUR ? HOUR : MINUTE) * 10;
      gboolean exact = fabs (tenths - round (tenths)) < 1e-6;

      if (hours[i] * HOUR < day && range / (hours[i] * HOUR) <= most && exact)
        return hours[i] * HOUR;
    }
  return MAX (1, round_step (range / day, most)) * day;
}

static double
step_of (const BatonAxis *axis, double most)
{
  double range = axis->to - axis->from;
  double step;

  if (axis->kind == BATON_AXIS_SPAN)
    return span_step (axis, range, most);
  step = round_step (range, most);
  return axis->kind == BATON_AXIS_NAMES || axis->counted ? MAX (step, 1) : step;
}

void
baton_axis_cover (BatonAxis *axis, double from, double to)
{
  if (axis->kind == BATON_AXIS_TIME || axis->kind == BATON_AXIS_NAMES)
    {
      axis->from = from;
      axis->to = to > from ? to : from + (axis->kind == BATON_AXIS_TIME ? 24 * HOUR : 1);
      return;
    }
  if (axis->log)
    {
      axis->from = MAX (from, to / 1e6);
      axis->from = axis->from > 0 ? pow (10, floor (log10 (axis->from))) : 1;
      axis->to = MAX (to * 1.1, axis->from * 10);
      return;
    }
  axis->from = MIN (from, 0);
  axis->to = to > axis->from ? to : axis->from + (axis->kind == BATON_AXIS_SPAN ? day_of (axis->day) : 1);
  axis->to = ceil (axis->to / step_of (axis, 6) - 1e-9) * step_of (axis, 6);
  if (axis->from < 0)
    axis->from = floor (axis->from / step_of (axis, 6)) * step_of (axis, 6);
  if (axis->kind == BATON_AXIS_SHARE)
    axis->to = MAX (1, to);
}

double
baton_axis_place (const BatonAxis *axis, double value)
{
  if (axis->kind == BATON_AXIS_NAMES)
    return (value + 0.5 - axis->from) / (axis->to - axis->from);
  if (axis->log)
    return log (MAX (value, axis->from) / axis->from) / log (axis->to / axis->from);
  return (value - axis->from) / (axis->to - axis->from);
}

double
baton_axis_value (const BatonAxis *axis, double place)
{
  if (axis->kind == BATON_AXIS_NAMES)
    return axis->from + place * (axis->to - axis->from) - 0.5;
  if (axis->log)
    return axis->from * pow (axis->to / axis->from, place);
  return axis->from + place * (axis->to - axis->from);
}

static void
tick_clear (gpointer data)
{
  g_free (((BatonAxisTick *) data)->label);
}

static char *
label_of (const BatonAxis *axis, double value, double step)
{
  int decimals = step >= 1 ? 0 : (int) ceil (-log10 (step) - 1e-9);

  if (axis->kind == BATON_AXIS_SPAN)
    return baton_span_short (value, axis->day);
  if (axis->kind == BATON_AXIS_SHARE)
    return baton_share_words (value);
  return baton_number_words (value, CLAMP (decimals, 0, 6));
}

static void
add_tick (GArray *ticks, double value, char *label)
{
  BatonAxisTick tick = { value, label };

  g_array_append_val (ticks, tick);
}

static void
log_ticks (const BatonAxis *axis, GArray *ticks)
{
  for (double power = axis->from; power <= axis->to * 1.0001; power *= 10)
    add_tick (ticks, power, label_of (axis, power, power));
}

/* Zero in the unit of the others: "0 d". */
static char *
zero_label (const BatonAxis *axis, double step)
{
  if (axis->kind == BATON_AXIS_SPAN && step >= day_of (axis->day))
    return g_strdup_printf (C_ ("span", "%s d"), "0");
  if (axis->kind == BATON_AXIS_SPAN && step >= HOUR)
    return g_strdup_printf (_ ("%s h"), "0");
  return label_of (axis, 0, step);
}

GArray *
baton_axis_ticks (const BatonAxis *axis, double length, double label)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (BatonAxisTick));
  double most = MAX (1, floor (length / MAX (label, 1)));
  double step = step_of (axis, most);

  g_array_set_clear_func (ticks, tick_clear);
  if (axis->kind == BATON_AXIS_TIME)
    baton_axis_time_ticks (axis, most, ticks);
  else if (axis->kind == BATON_AXIS_NAMES)
    for (guint i = 0; axis->names != NULL && axis->names[i] != NULL; i++)
      add_tick (ticks, i, g_strdup (axis->names[i]));
  else if (axis->log)
    log_ticks (axis, ticks);
  else
    for (double i = ceil (axis->from / step - 1e-9); i * step <= axis->to + step * 1e-6; i++)
      add_tick (ticks, i * step, i == 0 ? zero_label (axis, step) : label_of (axis, i * step, step));
  return ticks;
}

char *
baton_axis_words (const BatonAxis *axis, double value)
{
  guint n = axis->names != NULL ? g_strv_length (axis->names) : 0;

  if (axis->kind == BATON_AXIS_TIME)
    return baton_axis_time_words (axis, value);
  if (axis->kind == BATON_AXIS_NAMES)
    return g_strdup (value >= 0 && value < n ? axis->names[(guint) value] : "");
  if (axis->kind == BATON_AXIS_NUMBER)
    return baton_number_words (value, fabs (value) < 100 ? 1 : 0);
  return label_of (axis, value, 1);
}
