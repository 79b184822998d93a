/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "naming-template.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *words;
} parts[BATON_NAMING_N_PARTS] = {
  [BATON_NAMING_BOARD] = { "board", N_ ("board") },
  [BATON_NAMING_CAMPAIGN] = { "campaign", N_ ("campaign") },
  [BATON_NAMING_CHANNEL] = { "channel", N_ ("channel") },
  [BATON_NAMING_CARD] = { "card", N_ ("card") },
  [BATON_NAMING_ASSET] = { "asset", N_ ("asset") },
  [BATON_NAMING_TYPE] = { "type", N_ ("asset type") },
  [BATON_NAMING_VERSION] = { "version", N_ ("version") },
  [BATON_NAMING_DATE] = { "date", N_ ("date") },
  [BATON_NAMING_STATUS] = { "status", N_ ("status") },
  [BATON_NAMING_AUTHOR] = { "author", N_ ("author") },
};

const char *
baton_naming_part_name (BatonNamingPart part)
{
  return parts[part].name;
}

const char *
baton_naming_part_words (BatonNamingPart part)
{
  return g_dgettext (GETTEXT_PACKAGE, parts[part].words);
}

static void
piece_clear (gpointer data)
{
  g_free (((BatonNamingPiece *) data)->literal);
}

void
baton_naming_free (BatonNaming *naming)
{
  g_array_unref (naming->pieces);
  g_free (naming->tail);
  g_free (naming);
}

static gboolean G_GNUC_PRINTF (2, 3) invalid (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (BATON_ERROR, BATON_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

static char *
all_parts (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < BATON_NAMING_N_PARTS; i++)
    g_string_append_printf (list, "%s{%s}", i > 0 ? ", " : "", parts[i].name);
  return g_string_free (list, FALSE);
}

static gboolean
add_piece (BatonNaming *naming, char *literal, const char *name, GError **error)
{
  BatonNamingPiece piece = { literal, BATON_NAMING_N_PARTS };
  g_autofree char *known = NULL;

  for (guint i = 0; i < BATON_NAMING_N_PARTS; i++)
    {
      if (g_str_equal (parts[i].name, name))
        piece.part = i;
    }
  g_array_append_val (naming->pieces, piece);
  if (piece.part == BATON_NAMING_N_PARTS)
    {
      known = all_parts ();
      return invalid (error, _ ("There is no part “{%s}”. There are: %s."), name, known);
    }
  if (naming->pieces->len > 1 && *literal == '\0')
    return invalid (
        error, _ ("“{%s}” needs a sign before it, such as “_”, so that names can be read."), name);
  return TRUE;
}

static gboolean
is_literal (const char *literal)
{
  return strpbrk (literal, "/\\\"*?<>|:\n\r\t}") == NULL;
}

static gboolean
read_template (BatonNaming *naming, const char *text, GError **error)
{
  while (TRUE)
    {
      const char *open = strchr (text, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      g_autofree char *name = NULL;
      g_autofree char *literal = open != NULL ? g_strndup (text, open - text) : g_strdup (text);

      if (!is_literal (literal))
        return invalid (error, _ ("“%s” cannot stand in the name of a file."), literal);
      if (open == NULL)
        {
          naming->tail = g_steal_pointer (&literal);
          return naming->pieces->len > 0 ||
                 invalid (error, _ ("A naming convention needs at least one part, such as {asset}."));
        }
      if (close == NULL)
        return invalid (error, _ ("A “{” is not closed."));
      name = g_strndup (open + 1, close - open - 1);
      if (!add_piece (naming, g_steal_pointer (&literal), name, error))
        return FALSE;
      text = close + 1;
    }
}

BatonNaming *
baton_naming_new (const char *template, GError **error)
{
  g_autoptr (BatonNaming) naming = g_new0 (BatonNaming, 1);

  naming->pieces = g_array_new (FALSE, FALSE, sizeof (BatonNamingPiece));
  g_array_set_clear_func (naming->pieces, piece_clear);
  return read_template (naming, template, error) ? g_steal_pointer (&naming) : NULL;
}

gboolean
baton_naming_has (BatonNaming *naming, BatonNamingPart part)
{
  for (guint i = 0; i < naming->pieces->len; i++)
    {
      if (g_array_index (naming->pieces, BatonNamingPiece, i).part == part)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_value (const BatonValue *value, GError **error)
{
  g_autoptr (BatonNaming) naming = NULL;

  if (value->kind != BATON_VALUE_TEXT || *value->text == '\0')
    return TRUE;
  naming = baton_naming_new (value->text, error);
  return naming != NULL;
}

gboolean
baton_naming_check (const BatonOp *op, GError **error)
{
  for (guint i = 0; i < op->sets->len; i++)
    {
      const BatonSet *set = &g_array_index (op->sets, BatonSet, i);

      if (set->field == BATON_BOARD_NAMING && !check_value (&set->value, error))
        return FALSE;
    }
  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonNewRow *row = g_ptr_array_index (op->rows, i);

      if (row->row->entity == BATON_ENTITY_BOARD &&
          !check_value (baton_row_value (row->row, BATON_BOARD_NAMING), error))
        return FALSE;
    }
  return TRUE;
}
