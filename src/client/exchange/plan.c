/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "plan.h"

#include "id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
line_free (gpointer data)
{
  BatonImportLine *line = data;

  g_free (line->what);
  g_free (line->reason);
  g_free (line);
}

BatonImportPlan *
baton_import_plan_new (void)
{
  BatonImportPlan *plan = g_new0 (BatonImportPlan, 1);

  plan->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  plan->summary = g_ptr_array_new_with_free_func (line_free);
  plan->batch = baton_store_new_id ();
  return plan;
}

void
baton_import_plan_free (BatonImportPlan *plan)
{
  g_clear_pointer (&plan->ops, g_ptr_array_unref);
  g_ptr_array_unref (plan->summary);
  if (plan->free_source != NULL)
    plan->free_source (plan->source_data);
  g_free (plan->batch);
  g_free (plan->board);
  g_free (plan->name);
  g_free (plan->existing);
  g_free (plan);
}

BatonOp *
baton_import_plan_op (BatonImportPlan *plan, BatonVerb verb, gint64 at, const char *person)
{
  BatonOp *op = baton_op_new (verb);

  op->at = at;
  op->person = g_strdup (person);
  op->batch = g_strdup (plan->batch);
  g_ptr_array_add (plan->ops, op);
  return op;
}

void
baton_import_plan_note (BatonImportPlan *plan, gint64 count, const char *what, const char *reason)
{
  BatonImportLine *line;

  if (count == 0)
    return;
  line = g_new0 (BatonImportLine, 1);
  line->what = g_strdup (what);
  line->count = count;
  line->reason = g_strdup (reason);
  g_ptr_array_add (plan->summary, line);
}

char *
baton_import_plan_describe (const BatonImportPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < plan->summary->len; i++)
        {
          const BatonImportLine *line = g_ptr_array_index (plan->summary, i);

          if ((line->reason != NULL) != (pass == 1))
            continue;
          if (pass == 0)
            g_string_append_printf (text, "%s: %" G_GINT64_FORMAT "\n", line->what, line->count);
          else
            g_string_append_printf (
                text, "%s: %" G_GINT64_FORMAT " – %s\n", line->what, line->count, line->reason);
        }
    }
  return g_string_free (text, FALSE);
}

void
baton_exchange_make_id (char out[37])
{
  g_autofree char *id = baton_store_new_id ();

  memcpy (out, id, BATON_ID_LENGTH + 1);
}

char *
baton_exchange_clip (BatonField field, const char *text)
{
  gsize limit = (gsize) baton_field_info (field)->limit;
  gsize length = strlen (text);

  if (limit == 0 || length <= limit)
    return NULL;
  /* Back to the start of the character that the limit falls into. */
  while (limit > 0 && ((guchar) text[limit] & 0xc0) == 0x80)
    limit--;
  return g_strndup (text, limit);
}

gboolean
baton_exchange_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

static int
compare_ids (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

BatonValue
baton_exchange_make_set (GPtrArray *ids)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (i > 0 && g_str_equal (id, g_ptr_array_index (ids, i - 1)))
        continue;
      if (joined->len > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, id);
    }
  return baton_value_text (joined->len > 0 ? joined->str : NULL);
}

gboolean
baton_exchange_cancelled (
    const BatonImportOptions *options, GCancellable *cancellable, guint done, guint total, GError **error)
{
  gboolean stop = cancellable != NULL && g_cancellable_is_cancelled (cancellable);

  stop = stop || (options->progress != NULL && !options->progress (done, total, options->progress_data));
  if (stop)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("Cancelled. Nothing was changed."));
  return stop;
}

GBytes *
baton_exchange_read_file (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *contents;
  gsize length;

  if (g_file_get_contents (path, &contents, &length, &local))
    return g_bytes_new_take (contents, length);
  g_set_error (error, BATON_ERROR,
      g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? BATON_ERROR_NOT_FOUND : BATON_ERROR_IO,
      _ ("The file cannot be read: %s."), local->message);
  return NULL;
}
