/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "import-private.h"

#include <string.h>

/* Enough of the beginning to see what a file is. */
#define LOOKED_AT 4096

BatonImportKind
baton_import_detect (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *head = NULL;
  const char *text;

  head = g_strndup (data != NULL ? data : "", MIN (length, LOOKED_AT));
  text = head;
  if (g_str_has_prefix (text, "\xEF\xBB\xBF"))
    text += 3;
  while (g_ascii_isspace (*text))
    text++;
  if (*text != '{' && *text != '[')
    return BATON_IMPORT_CSV;
  text = strstr (text, "\"format\"");
  if (text == NULL)
    return BATON_IMPORT_TRELLO;
  text += strlen ("\"format\"");
  while (*text == ':' || g_ascii_isspace (*text))
    text++;
  return g_str_has_prefix (text, "\"baton\"") ? BATON_IMPORT_BATON : BATON_IMPORT_TRELLO;
}
