/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "event-lines.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (1 << 20)
#define LONGEST_RECORD (64 << 20)

struct _BatonEventLines
{
  BatonEventBytes *bytes;

  char *text;
  gsize room;
  gsize from; /* what is not parsed yet: text[from … to) */
  gsize to;
  gboolean ended;

  char delimiter;
  char quote;
  guint line;
  guint converted;
};

void
baton_event_lines_free (BatonEventLines *lines)
{
  baton_event_bytes_free (lines->bytes);
  g_free (lines->text);
  g_free (lines);
}

/* More text behind what is there. */
static gboolean
refill (BatonEventLines *self, GError **error)
{
  gsize got;

  if (self->from > 0)
    memmove (self->text, self->text + self->from, self->to - self->from);
  self->to -= self->from;
  self->from = 0;
  if (self->to + PIECE > self->room)
    {
      self->room = MAX (self->room * 2, self->to + PIECE);
      self->text = g_realloc (self->text, self->room);
    }
  if (!baton_event_bytes_read (self->bytes, self->text + self->to, self->room - self->to, &got, error))
    return FALSE;
  self->ended = got == 0;
  self->to += got;
  return TRUE;
}

static gboolean
look_at_start (BatonEventLines *self, GError **error)
{
  while (!self->ended && self->to < PIECE / 4)
    {
      if (!refill (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_start (BatonEventLines *self, GError **error)
{
  const char *text = self->text;

  /* A mark that was converted from UTF-16, say, or comes twice. */
  if (self->to >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self->from = 3;
  if (self->to == self->from)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The file is empty. Nothing was imported."));
      return FALSE;
    }
  if (memchr (text, '\0', self->to) == NULL)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("This is no text file, so it cannot be an event log. Save it as CSV and try again. Nothing was"
         " imported."));
  return FALSE;
}

BatonEventLines *
baton_event_lines_new (BatonEventBytes *bytes, GError **error)
{
  g_autoptr (BatonEventLines) self = g_new0 (BatonEventLines, 1);

  self->bytes = bytes;
  self->line = 1;
  self->delimiter = ',';
  self->quote = '"';
  return look_at_start (self, error) && check_start (self, error) ? g_steal_pointer (&self) : NULL;
}

const char *
baton_event_lines_start (BatonEventLines *lines, gsize *length)
{
  const char *text = lines->text + lines->from;
  gsize n = lines->to - lines->from;
  const char *end = lines->ended ? NULL : g_strrstr_len (text, (gssize) n, "\n");

  *length = end != NULL ? (gsize) (end - text) + 1 : n;
  return text;
}

void
baton_event_lines_set_format (BatonEventLines *lines, char delimiter, char quote)
{
  lines->delimiter = delimiter;
  lines->quote = quote;
}

static void
make_valid (BatonEventLines *self, GString *cell)
{
  g_autofree char *converted = NULL;
  g_autofree char *valid = NULL;

  if (g_utf8_validate_len (cell->str, cell->len, NULL))
    return;
  self->converted++;
  converted = g_convert (cell->str, (gssize) cell->len, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  valid = converted == NULL ? g_utf8_make_valid (cell->str, (gssize) cell->len) : NULL;
  g_string_assign (cell, converted != NULL ? converted : valid);
}

gboolean
baton_event_lines_next (BatonEventLines *self, GPtrArray *cells, guint *n_cells, guint *line, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) local = NULL;
      BatonCsvParser parser;
      gboolean found;

      baton_csv_parser_init (
          &parser, self->text + self->from, self->to - self->from, self->delimiter, self->quote);
      parser.line = self->line;
      found = baton_csv_parser_next (&parser, cells, n_cells, line, &local);
      /* What ends with the piece may go on in the next. */
      if (!self->ended && parser.at == parser.end && self->to - self->from < LONGEST_RECORD)
        {
          if (!refill (self, error))
            return FALSE;
          continue;
        }
      if (!found)
        {
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      self->from = (gsize) (parser.at - self->text);
      self->line = parser.line;
      for (guint i = 0; i < *n_cells; i++)
        make_valid (self, g_ptr_array_index (cells, i));
      return TRUE;
    }
}

guint
baton_event_lines_converted (BatonEventLines *lines)
{
  return lines->converted;
}
