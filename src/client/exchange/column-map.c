/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "column-map.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
find_column (const char *wanted, gpointer table, guint n_columns, BatonColumnName name_of, guint *index,
    GError **error)
{
  g_autofree char *folded_wanted = g_utf8_casefold (wanted, -1);
  guint64 number;

  for (*index = 0; *index < n_columns; (*index)++)
    {
      g_autofree char *folded = g_utf8_casefold (name_of (table, *index), -1);

      if (g_str_equal (folded, folded_wanted))
        return TRUE;
    }
  if (n_columns > 0 && g_ascii_string_to_unsigned (wanted, 10, 1, n_columns, &number, NULL))
    {
      *index = (guint) number - 1;
      return TRUE;
    }
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The file has no column “%s”."), wanted);
  return FALSE;
}

gboolean
baton_column_map_apply (const char *map, gpointer table, guint n_columns, BatonColumnName name_of,
    BatonColumnSetRole set_role, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (map, ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *pair = g_strstrip (pairs[i]);
      char *equals = strchr (pair, '=');
      guint index;

      if (*pair == '\0')
        continue;
      if (equals == NULL)
        {
          g_set_error (
              error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” is not of the form FIELD=COLUMN."), pair);
          return FALSE;
        }
      *equals = '\0';
      if (!find_column (g_strstrip (equals + 1), table, n_columns, name_of, &index, error) ||
          !set_role (table, g_strstrip (pair), index, error))
        return FALSE;
    }
  return TRUE;
}
