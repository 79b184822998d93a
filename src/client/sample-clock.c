/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include "id.h"

#include <math.h>

#define CHANCE_SEED 20260301u

static GDateTime *
midnight_of (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

  return g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
      g_date_time_get_day_of_month (time), 0, 0, 0);
}

static gboolean
is_working_day (GDateTime *day)
{
  return g_date_time_get_day_of_week (day) <= 5;
}

/* The table of working days: today is the last of the past, or the Friday before it on a weekend. */
static void
fill_days (Sample *sample, GDateTime *today)
{
  int past = SAMPLE_PAST;
  int future = SAMPLE_PAST;

  for (int back = 0; past > 0; back++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (today, -back);

      if (is_working_day (day))
        sample->days[--past] = g_date_time_to_unix (day);
    }
  for (int ahead = 1; future < SAMPLE_PAST + SAMPLE_FUTURE; ahead++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (today, ahead);

      if (is_working_day (day))
        sample->days[future++] = g_date_time_to_unix (day);
    }
}

/* Minutes worked on the day so far. */
static double
worked_today (gint64 now, gint64 midnight)
{
  double minute = (double) (now / G_USEC_PER_SEC - midnight) / 60.0;

  if (minute <= 13 * 60)
    return CLAMP (minute - 9 * 60, 0, 240);
  return CLAMP (minute - 14 * 60, 0, 240) + 240;
}

void
sample_clock_init (Sample *sample, gint64 now)
{
  g_autoptr (GDateTime) today = midnight_of (now);
  guint32 seed[] = { (guint32) now, (guint32) (now >> 32) };

  sample->now = now;
  sample->chance = g_rand_new_with_seed (CHANCE_SEED);
  sample->ids = g_rand_new_with_seed_array (seed, G_N_ELEMENTS (seed));
  fill_days (sample, today);
  sample->end = (SAMPLE_PAST - 1) * SAMPLE_DAY +
                (is_working_day (today) ? worked_today (now, sample->days[SAMPLE_PAST - 1]) : SAMPLE_DAY);
}

gint64
sample_at (Sample *sample, double minute)
{
  guint day = MIN ((guint) (minute / SAMPLE_DAY), SAMPLE_PAST + SAMPLE_FUTURE - 1);
  double of_day = minute - day * SAMPLE_DAY;
  double clock = 9 * 60 + of_day + (of_day >= SAMPLE_DAY / 2 ? 60 : 0);

  return (sample->days[day] + (gint64) (clock * 60)) * G_USEC_PER_SEC;
}

gint64
sample_due (Sample *sample, guint day)
{
  return (sample->days[MIN (day, SAMPLE_PAST + SAMPLE_FUTURE - 1)] + 18 * 3600) * G_USEC_PER_SEC;
}

double
sample_random (Sample *sample)
{
  return g_rand_double (sample->chance);
}

/* Log-normal with the given mean: most things take less, a few take much more. */
double
sample_work (Sample *sample, double mean)
{
  double sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += sample_random (sample);
  return mean * exp (0.5 * (sum - 6) - 0.125);
}

char *
sample_id (gpointer data)
{
  Sample *sample = data;
  char id[BATON_ID_LENGTH + 1];
  guint8 random[10];

  for (guint i = 0; i < G_N_ELEMENTS (random); i++)
    random[i] = (guint8) g_rand_int_range (sample->ids, 0, 256);
  baton_id_format (id, sample_at (sample, sample->id_minute) / 1000, random);
  return g_strdup (id);
}

guint
sample_weekday (Sample *sample, double minute)
{
  guint day = MIN ((guint) (minute / SAMPLE_DAY), SAMPLE_PAST + SAMPLE_FUTURE - 1);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (sample->days[day]);

  return (guint) g_date_time_get_day_of_week (time);
}
