/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include <stdarg.h>

#define WIDEST_CELL 60

static guint
char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) || (c >= 0x1f300 && c <= 0x1faff) ? 2 : 1;
}

static guint
text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));
  return width;
}

/* What stands in somebody's title must not steer the terminal. */
char *
ctl_short (const char *text, guint width)
{
  GString *out = g_string_new (NULL);
  guint used = 0;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint wide = char_width (c);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        c = ' ';
      if (used + wide >= width && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, c);
      used += wide;
    }
  return g_string_free (out, FALSE);
}

char *
ctl_local_time (gint64 at)
{
  g_autoptr (GDateTime) time = at != 0 ? g_date_time_new_from_unix_local (at / G_USEC_PER_SEC) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

void
ctl_say (Ctl *ctl, const char *format, ...)
{
  va_list args;

  if (ctl->json)
    return;
  va_start (args, format);
  g_string_append_vprintf (ctl->out, format, args);
  va_end (args);
  g_string_append_c (ctl->out, '\n');
}

void
ctl_done (Ctl *ctl, const char *const *ids, const char *sentence)
{
  if (!ctl->json)
    {
      ctl_say (ctl, "%s", sentence);
      return;
    }
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_bool (&ctl->writer, "ok", TRUE);
  baton_json_begin_array (&ctl->writer, "ids");
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    baton_json_string (&ctl->writer, NULL, ids[i]);
  baton_json_end_array (&ctl->writer);
  baton_json_end_object (&ctl->writer);
}

void
ctl_added (Ctl *ctl, const char *id, const char *field, const char *name)
{
  if (!ctl->json)
    {
      ctl_say (ctl, "%s", id);
      return;
    }
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "id", id);
  baton_json_string (&ctl->writer, field, name);
  baton_json_end_object (&ctl->writer);
}

void
ctl_names_json (Ctl *ctl, const char *field, BatonEntity entity, const char *set)
{
  g_auto (GStrv) ids = baton_set_split (set);

  baton_json_begin_array (&ctl->writer, field);
  for (guint i = 0; ids[i] != NULL; i++)
    baton_json_string (&ctl->writer, NULL, ctl_name (ctl, entity, ids[i]));
  baton_json_end_array (&ctl->writer);
}

struct _CtlTable
{
  guint n_columns;
  gboolean *numbers;
  guint *widths;
  GPtrArray *cells; /* char *, row by row, the headers first */
};

static void
add_cell (CtlTable *table, const char *text)
{
  guint column = table->cells->len % table->n_columns;
  char *cell = ctl_short (text, WIDEST_CELL);

  table->widths[column] = MAX (table->widths[column], text_width (cell));
  g_ptr_array_add (table->cells, cell);
}

CtlTable *
ctl_table_new (const char *first_header, ...)
{
  CtlTable *table = g_new0 (CtlTable, 1);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  va_list args;

  va_start (args, first_header);
  for (const char *header = first_header; header != NULL; header = va_arg (args, const char *))
    g_ptr_array_add (headers, (gpointer) header);
  va_end (args);
  table->n_columns = headers->len;
  table->numbers = g_new0 (gboolean, headers->len);
  table->widths = g_new0 (guint, headers->len);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < headers->len; i++)
    {
      const char *header = g_ptr_array_index (headers, i);

      table->numbers[i] = *header == '>';
      add_cell (table, *header == '>' ? header + 1 : header);
    }
  return table;
}

void
ctl_table_add (CtlTable *table, ...)
{
  va_list args;

  va_start (args, table);
  for (guint i = 0; i < table->n_columns; i++)
    add_cell (table, va_arg (args, const char *));
  va_end (args);
}

static void
pad (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

static void
print_row (CtlTable *table, guint row, GString *out)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *cell = g_ptr_array_index (table->cells, row * table->n_columns + i);
      guint space = table->widths[i] - text_width (cell);

      if (table->widths[i] == 0)
        continue;
      if (table->numbers[i])
        pad (out, space);
      g_string_append (out, cell);
      if (i + 1 == table->n_columns)
        break;
      pad (out, (table->numbers[i] ? 0 : space) + 2);
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

void
ctl_table_print (CtlTable *table, Ctl *ctl)
{
  gboolean headed = FALSE;

  for (guint i = 0; i < table->n_columns; i++)
    headed = headed || *(const char *) g_ptr_array_index (table->cells, i) > ' ';
  for (guint row = headed ? 0 : 1; !ctl->json && row * table->n_columns < table->cells->len; row++)
    print_row (table, row, ctl->out);
  g_ptr_array_unref (table->cells);
  g_free (table->numbers);
  g_free (table->widths);
  g_free (table);
}

gboolean
ctl_perform (Ctl *ctl, BatonOp *op, GError **error)
{
  return baton_session_perform (ctl->session, op, error);
}
