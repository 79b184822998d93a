/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "allow.h"

#include "baton-error.h"
#include "hub-private.h"
#include "reader.h"
#include "roles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The rows as the hub's own connection sees them: inside the transaction that decides. */
typedef struct
{
  BatonView base;
  BatonReader *reader;
  BatonRow *row; /* read last */
} ReaderView;

static const BatonRow *
get_row (BatonView *base, BatonEntity entity, const char *id)
{
  ReaderView *view = (ReaderView *) base;

  g_clear_pointer (&view->row, baton_row_unref);
  view->row = baton_reader_row (view->reader, entity, id);
  return view->row;
}

static const char *
allow_cb (const BatonOp *op, const BatonHubCaller *caller, gpointer data)
{
  BatonHub *hub = data;
  BatonRole role = baton_role_find (caller->role);
  ReaderView view = { .base = { .get = get_row }, .reader = baton_store_reader (baton_hub_store (hub)) };
  g_autoptr (GError) error = NULL;

  if (op->verb == BATON_VERB_UNKNOWN)
    return NULL; /* refused for that reason */
  if (g_strcmp0 (op->person, caller->person) != 0 && !baton_role_may_speak_for (role, op))
    return _ ("This was made by somebody else.");
  baton_role_check (role, caller->person, op, &view.base, &error);
  g_clear_pointer (&view.row, baton_row_unref);
  return error != NULL ? g_intern_string (error->message) : NULL;
}

void
baton_allow_attach (BatonHub *hub)
{
  baton_hub_set_allow (hub, allow_cb, hub);
}

static gsize
skip_string (const char *text, gsize length, gsize at)
{
  for (at++; at < length && text[at] != '"'; at++)
    {
      if (text[at] == '\\')
        at++;
    }
  return at;
}

static gsize
skip_space (const char *text, gsize length, gsize at)
{
  while (at < length && strchr (" \t\r\n", text[at]) != NULL && text[at] != '\0')
    at++;
  return at;
}

/* The value of a string that begins at a quote, when it has no escapes. */
static char *
take_string (const char *text, gsize length, gsize at)
{
  gsize end = at < length && text[at] == '"' ? skip_string (text, length, at) : length;

  return end < length && memchr (text + at, '\\', end - at) == NULL ? g_strndup (text + at + 1, end - at - 1)
                                                                    : NULL;
}

char *
baton_json_peek (const char *text, gsize length, const char *name)
{
  gsize wanted = strlen (name);
  guint depth = 0;

  for (gsize at = 0; at < length; at++)
    {
      gsize begin = at;

      if (text[at] == '{' || text[at] == '[')
        depth++;
      else if ((text[at] == '}' || text[at] == ']') && depth > 0)
        depth--;
      else if (text[at] == '"')
        {
          at = skip_string (text, length, at);
          if (depth != 1 || at - begin - 1 != wanted || memcmp (text + begin + 1, name, wanted) != 0)
            continue;
          begin = skip_space (text, length, at + 1);
          if (begin < length && text[begin] == ':')
            return take_string (text, length, skip_space (text, length, begin + 1));
        }
    }
  return NULL;
}
