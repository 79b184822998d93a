/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include "timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Ids become part of `source` texts. */
#define LONGEST_KEY 200

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, message);
  return FALSE;
}

static int
line_of (const char *text, const char *place)
{
  int line = 1;

  for (const char *at = text; at < place; at++)
    line += *at == '\n';
  return line;
}

/* What people choose by mistake gets a sentence of its own. */
static gboolean
check_text (const char *text, gsize length, GError **error)
{
  const char *end;
  gsize start = 0;

  while (start < length && g_ascii_isspace (text[start]))
    start++;
  if (start == length)
    return fail (error, _ ("The file is empty. Nothing was imported."));
  if (memchr (text, '\0', MIN (length, 65536)) != NULL)
    return fail (
        error, _ ("This is not a text file, so it cannot be a board from Trello. Nothing was imported."));
  if (text[start] == '<')
    return fail (
        error, _ ("This is a web page, not a board. In Trello, choose “Export as JSON” in the board’s menu"
                  " and save what it shows as a file. Nothing was imported."));
  if (g_utf8_validate_len (text, length, &end))
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("The file is not valid UTF-8 text (line %d), so it was damaged on its way. Export it again."
         " Nothing was imported."),
      line_of (text, end));
  return FALSE;
}

json_t *
trello_load (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  json_error_t problem;
  json_t *root;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (!check_text (text, length, error))
    return NULL;
  /* Positions may be whole numbers beyond 2^63; all numbers are taken as what JavaScript has. */
  root = json_loadb (text, length, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &problem);
  if (root != NULL)
    return root;
  if (json_error_code (&problem) == json_error_premature_end_of_input)
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("The file ends in the middle (line %d): it was cut off. Export it again. Nothing was imported."),
        problem.line);
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("This is not the JSON of a board (line %d: %s). Nothing was imported."), problem.line,
        problem.text);
  return NULL;
}

const char *
trello_text (Trello *trello, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);
  const char *text = json_string_value (value);
  gsize length;
  g_autoptr (GString) stripped = NULL;

  if (text == NULL)
    {
      trello->notes[NOTE_SHAPE] += value != NULL && !json_is_null (value);
      return NULL;
    }
  length = json_string_length (value);
  if (strlen (text) == length)
    return text;
  stripped = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '\0')
        g_string_append_c (stripped, text[i]);
    }
  trello->notes[NOTE_NUL]++;
  return g_string_chunk_insert (trello->texts, stripped->str);
}

const char *
trello_key (Trello *trello, json_t *object, const char *key)
{
  const char *text = trello_text (trello, object, key);

  return text != NULL && *text != '\0' && strlen (text) <= LONGEST_KEY ? text : NULL;
}

json_t *
trello_object (json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  return json_is_object (value) ? value : NULL;
}

json_t *
trello_array (Trello *trello, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  if (json_is_array (value))
    return value;
  trello->notes[NOTE_SHAPE] += value != NULL && !json_is_null (value);
  return NULL;
}

double
trello_number (json_t *object, const char *key, double fallback)
{
  json_t *value = json_object_get (object, key);
  double number = fallback;

  if (json_is_number (value))
    number = json_number_value (value);
  else if (json_is_string (value))
    number = g_ascii_strtod (json_string_value (value), NULL);
  return number == number ? number : fallback; /* “nan” is a number to strtod, and has no place in an order */
}

gboolean
trello_bool (json_t *object, const char *key)
{
  return json_is_true (json_object_get (object, key));
}

gint64
trello_time (Trello *trello, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);
  gint64 at = 0;

  if (value == NULL || json_is_null (value))
    return 0;
  if (json_is_string (value) && baton_timestamp_parse (json_string_value (value), &at) && at > 0)
    return at;
  trello->notes[NOTE_DATE]++;
  return 0;
}

gint64
trello_id_time (const char *id)
{
  gint64 seconds = 0;

  if (id == NULL || strlen (id) != 24)
    return 0;
  for (guint i = 0; i < 24; i++)
    {
      int digit = g_ascii_xdigit_value (id[i]);

      if (digit < 0)
        return 0;
      if (i < 8)
        seconds = seconds * 16 + digit;
    }
  return seconds * G_USEC_PER_SEC;
}

const char *
trello_clip (Trello *trello, BatonField field, const char *text)
{
  g_autofree char *clipped = text != NULL ? baton_exchange_clip (field, text) : NULL;

  if (clipped == NULL)
    return text;
  trello->notes[NOTE_CLIPPED]++;
  return g_string_chunk_insert (trello->texts, clipped);
}

const char *
trello_name (Trello *trello, BatonField field, const char *text)
{
  if (!baton_exchange_is_blank (text))
    return trello_clip (trello, field, text);
  trello->notes[NOTE_UNTITLED]++;
  return _ ("(untitled)");
}

char *
trello_source (const char *key)
{
  return key != NULL ? g_strconcat ("trello:", key, NULL) : NULL;
}
