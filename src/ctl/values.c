/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "timestamp.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

gboolean
ctl_usage (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);
  return FALSE;
}

gboolean
ctl_typed (gboolean ok, GError **error)
{
  if (!ok && error != NULL && g_error_matches (*error, BATON_ERROR, BATON_ERROR_INVALID))
    {
      (*error)->domain = G_OPTION_ERROR;
      (*error)->code = G_OPTION_ERROR_BAD_VALUE;
    }
  return ok;
}

gboolean
ctl_parse_choice (BatonField field, const char *text, GError **error)
{
  const BatonFieldInfo *info = baton_field_info (field);
  g_autofree char *all = NULL;

  if (text == NULL || *text == '\0' || g_strv_contains (info->choices, text))
    return TRUE;
  all = g_strjoinv (", ", (char **) info->choices);
  return ctl_usage (error, _ ("There is no “%s”; there are %s."), text, all);
}

/* A date alone means the end of that day here: a card that is due on Friday is not late on Friday morning. */
static gboolean
end_of_day (const char *text, gint64 *at)
{
  int year, month, day, used = 0;
  g_autoptr (GDateTime) time = NULL;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || text[used] != '\0')
    return FALSE;
  time = g_date_time_new_local (year, month, day, 23, 59, 59);
  if (time == NULL)
    return FALSE;
  *at = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

gboolean
ctl_parse_time (const char *text, gint64 *at, GError **error)
{
  *at = 0;
  if (*text == '\0' || end_of_day (text, at))
    return TRUE;
  if (strchr (text, 'T') != NULL && baton_timestamp_parse (text, at))
    return TRUE;
  return ctl_usage (error, _ ("“%s” is no time; write 2026-05-01 or 2026-05-01T17:00:00Z."), text);
}

gboolean
ctl_parse_duration (const char *text, gint64 *seconds, GError **error)
{
  static const struct
  {
    const char *unit;
    gint64 seconds;
  } units[] = { { "", 1 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 }, { "w", 604800 } };
  char *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);

  for (guint i = 0; g_ascii_isdigit (*text) && number < 1000000000 && i < G_N_ELEMENTS (units); i++)
    {
      if (!g_str_equal (end, units[i].unit))
        continue;
      *seconds = (gint64) number * units[i].seconds;
      return TRUE;
    }
  return ctl_usage (error, _ ("“%s” is no duration; write seconds, or 30m, 12h, 3d."), text);
}

gboolean
ctl_parse_count (const char *text, gint64 *number, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &value, NULL))
    return ctl_usage (error, _ ("“%s” is no number."), text);
  *number = (gint64) value;
  return TRUE;
}

static char *
read_stdin (GError **error)
{
  GString *text = g_string_new (NULL);
  char buffer[65536];
  gsize n;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, (gssize) n);
  if (!ferror (stdin))
    return g_string_free (text, FALSE);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("Standard input cannot be read: %s."),
      g_strerror (errno));
  g_string_free (text, TRUE);
  return NULL;
}

char *
ctl_read_text (const char *text, GError **error)
{
  g_autofree char *read = g_str_equal (text, "-") ? read_stdin (error) : g_strdup (text);

  if (read == NULL || g_utf8_validate (read, -1, NULL))
    return g_steal_pointer (&read);
  ctl_usage (error, _ ("The text is not valid UTF-8."));
  return NULL;
}
