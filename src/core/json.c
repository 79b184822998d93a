/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "json.h"

#include "timestamp.h"

#include <math.h>

static void
append_quoted (GString *out, const char *value)
{
  const char *start = value;

  g_string_append_c (out, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, start, p - start);
      start = p + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append (out, start);
  g_string_append_c (out, '"');
}

static void
begin_value (BatonJson *json, const char *name)
{
  if (json->comma)
    g_string_append_c (json->text, ',');
  json->comma = TRUE;
  if (name != NULL)
    {
      append_quoted (json->text, name);
      g_string_append_c (json->text, ':');
    }
}

void
baton_json_init (BatonJson *json, GString *text)
{
  json->text = text;
  json->comma = FALSE;
}

static void
begin (BatonJson *json, const char *name, char bracket)
{
  begin_value (json, name);
  g_string_append_c (json->text, bracket);
  json->comma = FALSE;
}

static void
end (BatonJson *json, char bracket)
{
  g_string_append_c (json->text, bracket);
  json->comma = TRUE;
}

void
baton_json_begin_object (BatonJson *json, const char *name)
{
  begin (json, name, '{');
}

void
baton_json_end_object (BatonJson *json)
{
  end (json, '}');
}

void
baton_json_begin_array (BatonJson *json, const char *name)
{
  begin (json, name, '[');
}

void
baton_json_end_array (BatonJson *json)
{
  end (json, ']');
}

void
baton_json_string (BatonJson *json, const char *name, const char *value)
{
  begin_value (json, name);
  if (value != NULL)
    append_quoted (json->text, value);
  else
    g_string_append (json->text, "null");
}

void
baton_json_int (BatonJson *json, const char *name, gint64 value)
{
  begin_value (json, name);
  g_string_append_printf (json->text, "%" G_GINT64_FORMAT, value);
}

void
baton_json_bool (BatonJson *json, const char *name, gboolean value)
{
  begin_value (json, name);
  g_string_append (json->text, value ? "true" : "false");
}

void
baton_json_double (BatonJson *json, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  begin_value (json, name);
  if (isfinite (value))
    g_string_append (json->text, g_ascii_dtostr (buffer, sizeof buffer, value));
  else
    g_string_append (json->text, "null");
}

void
baton_json_null (BatonJson *json, const char *name)
{
  begin_value (json, name);
  g_string_append (json->text, "null");
}

void
baton_json_time (BatonJson *json, const char *name, gint64 at)
{
  g_autofree char *text = at != 0 ? baton_timestamp_format (at) : NULL;

  baton_json_string (json, name, text);
}
