/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "plan.h"

#include "codec.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRESS_EVERY 1000
#define DEEPEST 200

/* A complete export can be far larger than what it says: it is walked from value to value and only one
 * operation at a time is taken apart. */
typedef struct
{
  const char *start;
  const char *at;
  const char *end;
} Walk;

static gboolean
damaged (Walk *walk, GError **error)
{
  int line = 1;

  for (const char *at = walk->start; at < walk->at; at++)
    line += *at == '\n';
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      walk->at >= walk->end
          ? _ ("The file ends in the middle (line %d): it was cut off. Nothing was imported.")
          : _ ("The file is damaged in line %d. Nothing was imported."),
      line);
  return FALSE;
}

static void
skip_space (Walk *walk)
{
  while (walk->at < walk->end && g_ascii_isspace (*walk->at))
    walk->at++;
}

static gboolean
skip_char (Walk *walk, char c)
{
  skip_space (walk);
  if (walk->at == walk->end || *walk->at != c)
    return FALSE;
  walk->at++;
  return TRUE;
}

static gboolean
skip_string (Walk *walk)
{
  for (walk->at++; walk->at < walk->end && *walk->at != '"'; walk->at++)
    {
      if (*walk->at == '\\' && ++walk->at == walk->end)
        return FALSE;
    }
  if (walk->at == walk->end)
    return FALSE;
  walk->at++;
  return TRUE;
}

/* Over one value; its brackets have to match, its inside is checked by whoever reads it. */
static gboolean
skip_value (Walk *walk)
{
  char open[DEEPEST];
  guint depth = 0;

  skip_space (walk);
  do
    {
      char c = walk->at < walk->end ? *walk->at : '\0';

      if (c == '\0')
        return FALSE;
      if (c == '"')
        {
          if (!skip_string (walk))
            return FALSE;
          continue;
        }
      if (c == '{' || c == '[')
        {
          if (depth == DEEPEST)
            return FALSE;
          open[depth++] = c == '{' ? '}' : ']';
        }
      else if (c == '}' || c == ']')
        {
          if (depth == 0 || open[--depth] != c)
            return FALSE;
        }
      else if (depth == 0)
        {
          while (walk->at < walk->end && strchr (",]} \n\r\t", *walk->at) == NULL)
            walk->at++;
          return TRUE;
        }
      walk->at++;
    }
  while (depth > 0);
  return TRUE;
}

static char *
take_key (Walk *walk)
{
  const char *from;

  skip_space (walk);
  from = walk->at;
  if (walk->at == walk->end || *from != '"' || !skip_string (walk))
    return NULL;
  return g_strndup (from + 1, (gsize) (walk->at - from - 2));
}

typedef struct
{
  Walk walk;
  BatonImportPlan *plan;
  const BatonImportOptions *options;
  GCancellable *cancellable;
  gboolean format_seen, operations_seen, state_seen;
} Import;

static gboolean
read_op (Import *self, GError **error)
{
  const char *from;
  g_autoptr (GError) local = NULL;
  BatonOp *op;

  skip_space (&self->walk);
  from = self->walk.at;
  if (!skip_value (&self->walk))
    return damaged (&self->walk, error);
  op = baton_op_read (from, self->walk.at - from, &local);
  if (op != NULL && op->device != NULL && op->at != 0)
    {
      g_ptr_array_add (self->plan->ops, op);
      return TRUE;
    }
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Operation %u of the file cannot be read: %s Nothing was imported."), self->plan->ops->len + 1,
      local != NULL ? local->message : _ ("it does not say who made it and when."));
  g_clear_pointer (&op, baton_op_free);
  return FALSE;
}

static gboolean
read_operations (Import *self, GError **error)
{
  Walk *walk = &self->walk;

  self->operations_seen = TRUE;
  if (!skip_char (walk, '['))
    return damaged (walk, error);
  if (skip_char (walk, ']'))
    return TRUE;
  do
    {
      if (self->plan->ops->len % PROGRESS_EVERY == 0 &&
          baton_exchange_cancelled (self->options, self->cancellable,
              (guint) ((walk->at - walk->start) / 1024), (guint) ((walk->end - walk->start) / 1024), error))
        return FALSE;
      if (!read_op (self, error))
        return FALSE;
    }
  while (skip_char (walk, ','));
  return skip_char (walk, ']') || damaged (walk, error);
}

static gboolean
check_version (const char *from, GError **error)
{
  if (g_ascii_strtoll (from, NULL, 10) == 1)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NEWER,
      _ ("This file was written by a newer Baton. Update Baton to read it. Nothing was imported."));
  return FALSE;
}

static gboolean
read_member (Import *self, GError **error)
{
  Walk *walk = &self->walk;
  g_autofree char *key = take_key (walk);
  const char *from;

  if (key == NULL || !skip_char (walk, ':'))
    return damaged (walk, error);
  skip_space (walk);
  if (g_str_equal (key, "operations"))
    return read_operations (self, error);
  from = walk->at;
  if (!skip_value (walk))
    return damaged (walk, error);
  if (g_str_equal (key, "format"))
    self->format_seen = strncmp (from, "\"baton\"", 7) == 0;
  self->state_seen = self->state_seen || g_str_equal (key, "state");
  return !g_str_equal (key, "version") || check_version (from, error);
}

static gboolean
foreign (GError **error)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("This is not a complete export of Baton. Nothing was imported."));
  return FALSE;
}

static gboolean
read_all (Import *self, GError **error)
{
  Walk *walk = &self->walk;
  const char *bad;

  if (!g_utf8_validate_len (walk->start, (gsize) (walk->end - walk->start), &bad))
    {
      walk->at = bad;
      return damaged (walk, error);
    }
  if (!skip_char (walk, '{') ||
      g_strstr_len (walk->start, MIN (walk->end - walk->start, 200), "\"format\"") == NULL)
    return foreign (error);
  do
    {
      if (!read_member (self, error))
        return FALSE;
    }
  while (skip_char (walk, ','));
  if (!skip_char (walk, '}'))
    return damaged (walk, error);
  return (self->format_seen && self->operations_seen && self->state_seen) || foreign (error);
}

static gboolean
check_empty (BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) boards =
      baton_reader_rows (reader, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, TRUE, error);

  if (boards == NULL)
    return FALSE;
  if (boards->len == 0)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_EXISTS,
      _ ("This workspace has boards already. A complete export can only be imported into an empty workspace; "
         "make a new"
         " one for it. Nothing was imported."));
  return FALSE;
}

BatonImportPlan *
baton_exchange_plan_json (GBytes *bytes, BatonReader *reader, const BatonImportOptions *options,
    GCancellable *cancellable, GError **error)
{
  static const BatonImportOptions defaults = { BATON_IMPORT_ASK };
  g_autoptr (BatonImportPlan) plan = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  Import self = { .options = options != NULL ? options : &defaults, .cancellable = cancellable };

  g_return_val_if_fail (reader != NULL, NULL);
  if (!check_empty (reader, error))
    return NULL;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  plan = baton_import_plan_new ();
  plan->verbatim = TRUE;
  self.walk = (Walk){ text, text, text + length };
  self.plan = plan;
  if (!read_all (&self, error))
    return NULL;
  baton_import_plan_note (plan, plan->ops->len, _ ("operations"), NULL);
  return g_steal_pointer (&plan);
}
