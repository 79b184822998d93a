/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "add-file.h"

#include "media.h"
#include "naming.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

BatonAddFile *
baton_add_file_new (void)
{
  return g_new0 (BatonAddFile, 1);
}

void
baton_add_file_free (BatonAddFile *add)
{
  g_free (add->card);
  g_free (add->stage);
  g_free (add->asset);
  g_free (add->name);
  g_free (add->parent);
  g_free (add->note);
  g_free (add->path);
  g_clear_pointer (&add->bytes, g_bytes_unref);
  g_free (add->file);
  g_free (add);
}

void
baton_added_free (BatonAdded *added)
{
  g_free (added->card);
  g_free (added->asset);
  g_free (added->version);
  g_free (added->hash);
  g_free (added->media);
  g_free (added);
}

char *
baton_add_file_asset_name (const char *file)
{
  g_autoptr (GRegex) suffix = g_regex_new ("([\\s._-]*\\(\\d+\\)|[\\s._-]*\\b(version|rev|v|r)[\\s._-]*\\d+|["
                                           "\\s._-]*(?<=[^\\d])(v|V)?\\d{1,3}|[\\s._-]+)$",
      G_REGEX_CASELESS, 0, NULL);
  char *name = g_strndup (file, baton_naming_extension (file) - file);

  for (guint i = 0; i < 3; i++)
    {
      char *shorter = g_regex_replace_literal (suffix, name, -1, 0, "", 0, NULL);

      if (shorter == NULL)
        break;
      g_free (name);
      name = shorter;
    }
  g_strstrip (name);
  if (strcasecmp (name, "v") == 0 || strspn (name, "0123456789") == strlen (name))
    *name = '\0';
  return name;
}

/* Without the signs that turn round what follows: “gpj.exe” would be read as another kind of file. */
static char *
take_turns_out (const char *name)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)))
        g_string_append_unichar (plain, c);
    }
  return g_string_free (plain, FALSE);
}

/* The name of the file as text, whatever its bytes are. */
static char *
file_name (const BatonAddFile *add)
{
  g_autofree char *base = add->file != NULL   ? g_strdup (add->file)
                          : add->path != NULL ? g_path_get_basename (add->path)
                                              : g_strdup (_ ("Pasted"));
  g_autofree char *valid = g_utf8_make_valid (base, -1);

  return take_turns_out (valid);
}

/* What the board's convention reads as the asset's name, or NULL. */
static char *
conventional_name (BatonReader *reader, const char *board_id, const char *file)
{
  g_autoptr (BatonRow) board =
      board_id != NULL ? baton_reader_row (reader, BATON_ENTITY_BOARD, board_id) : NULL;
  const char *template = board != NULL ? baton_row_text (board, BATON_BOARD_NAMING) : NULL;
  g_autoptr (BatonNaming) naming = template != NULL ? baton_naming_new (template, NULL) : NULL;
  g_auto (BatonNamingValues) values = { { NULL } };

  if (naming == NULL || !baton_naming_read (naming, file, &values, NULL))
    return NULL;
  return g_steal_pointer (&values.parts[BATON_NAMING_ASSET]);
}

typedef struct
{
  BatonReader *reader;
  const BatonAddFile *add;
  BatonAdded *added;
  char *file;
  char *name; /* of the asset */
  BatonRow *asset;
} Plan;

static void
plan_clear (Plan *plan)
{
  g_free (plan->file);
  g_free (plan->name);
  g_clear_pointer (&plan->asset, baton_row_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static gboolean
is_of_this_kind (const Plan *plan, const BatonRow *asset)
{
  const char *current = baton_row_text (asset, BATON_ASSET_CURRENT);
  g_autoptr (BatonRow) version =
      current != NULL ? baton_reader_row (plan->reader, BATON_ENTITY_VERSION, current) : NULL;

  return version != NULL && g_str_equal (baton_media_kind (baton_row_text (version, BATON_VERSION_MEDIA)),
                                baton_media_kind (plan->added->media));
}

static void
find_asset (Plan *plan, GPtrArray *assets)
{
  const BatonRow *only = NULL;
  guint n = 0;

  for (guint i = 0; i < assets->len; i++)
    {
      BatonRow *row = g_ptr_array_index (assets, i);

      if (baton_row_int (row, BATON_ASSET_REMOVED) != 0)
        continue;
      n++;
      only = row;
      if (*plan->name != '\0' && baton_naming_same (baton_row_text (row, BATON_ASSET_NAME), plan->name))
        {
          plan->asset = baton_row_ref (row);
          return;
        }
    }
  if (n == 1 && plan->add->alone && (plan->add->name == NULL || plan->add->next) &&
      is_of_this_kind (plan, only))
    plan->asset = baton_row_ref ((BatonRow *) only);
}

static gboolean
choose_asset (Plan *plan, const BatonRow *card, GError **error)
{
  g_autoptr (GPtrArray) assets = NULL;

  if (plan->add->asset != NULL)
    {
      plan->asset = baton_reader_row (plan->reader, BATON_ENTITY_ASSET, plan->add->asset);
      if (plan->asset != NULL)
        return TRUE;
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This asset is not here."));
      return FALSE;
    }
  assets = baton_reader_rows (plan->reader, BATON_ENTITY_ASSET, BATON_ASSET_CARD, card->id, FALSE, error);
  if (assets == NULL)
    return FALSE;
  find_asset (plan, assets);
  return TRUE;
}

static char *
board_of (const Plan *plan, const BatonRow *card)
{
  g_autoptr (BatonRow) stage = NULL;

  if (card != NULL)
    return g_strdup (baton_row_text (card, BATON_CARD_BOARD));
  stage =
      plan->add->stage != NULL ? baton_reader_row (plan->reader, BATON_ENTITY_STAGE, plan->add->stage) : NULL;
  return stage != NULL ? g_strdup (baton_row_text (stage, BATON_STAGE_BOARD)) : NULL;
}

static void
name_asset (Plan *plan, const BatonRow *card)
{
  g_autofree char *board = board_of (plan, card);

  plan->name = plan->add->name != NULL ? g_strdup (plan->add->name)
                                       : conventional_name (plan->reader, board, plan->file);
  if (plan->name == NULL)
    plan->name = baton_add_file_asset_name (plan->file);
}

static BatonRow *
add_rows (const Plan *plan, BatonOp *op)
{
  const BatonAddFile *add = plan->add;
  BatonAdded *added = plan->added;
  BatonRow *row;

  if (add->card == NULL)
    {
      row = baton_op_add_row (op, BATON_ENTITY_CARD, added->card);
      baton_row_set_text (row, BATON_CARD_STAGE, add->stage);
      baton_row_set_text (row, BATON_CARD_TITLE, plan->name);
    }
  if (added->new_asset)
    {
      row = baton_op_add_row (op, BATON_ENTITY_ASSET, added->asset);
      baton_row_set_text (row, BATON_ASSET_CARD, added->card);
      baton_row_set_text (row, BATON_ASSET_NAME, plan->name);
    }
  return baton_op_add_row (op, BATON_ENTITY_VERSION, added->version);
}

static BatonOp *
make_op (const Plan *plan)
{
  const BatonAddFile *add = plan->add;
  BatonAdded *added = plan->added;
  BatonOp *op = baton_op_new (add->card == NULL  ? BATON_VERB_CARD_ADD
                              : added->new_asset ? BATON_VERB_ASSET_ADD
                                                 : BATON_VERB_VERSION_ADD);
  BatonRow *row = add_rows (plan, op);
  const char *current = plan->asset != NULL ? baton_row_text (plan->asset, BATON_ASSET_CURRENT) : NULL;

  baton_row_set_text (row, BATON_VERSION_ASSET, added->asset);
  baton_row_set_text (row, BATON_VERSION_PARENT, add->parent != NULL ? add->parent : current);
  baton_row_set_text (row, BATON_VERSION_FILE, plan->file);
  baton_row_set_text (row, BATON_VERSION_BLOB, added->hash);
  baton_row_set_int (row, BATON_VERSION_SIZE, added->size);
  baton_row_set_text (row, BATON_VERSION_MEDIA, added->media);
  baton_row_set_text (row, BATON_VERSION_NOTE, add->note);
  baton_probe_describe (&added->probe, row);
  return op;
}

static char *
sniff (BatonBlobs *blobs, const char *hash, const char *file)
{
  g_autofree char *path = baton_blobs_path (blobs, hash);
  guint8 head[BATON_MEDIA_HEAD];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize n = fd >= 0 ? read (fd, head, sizeof head) : 0;

  if (fd >= 0)
    close (fd);
  return baton_media_sniff (file, head, (gsize) MAX (n, 0));
}

static void
probe (BatonAdded *added, BatonBlobs *blobs)
{
  g_autofree char *path = baton_blobs_path (blobs, added->hash);

  baton_probe_file (path, added->media, &added->probe);
}

static gboolean
take_in (Plan *plan, BatonBlobs *blobs, BatonBlobProgress progress, gpointer data, GCancellable *cancellable,
    GError **error)
{
  BatonAdded *added = plan->added;

  if (plan->add->bytes != NULL)
    {
      added->size = (gint64) g_bytes_get_size (plan->add->bytes);
      added->hash = baton_blobs_add_bytes (blobs, plan->add->bytes, error);
    }
  else
    added->hash =
        baton_blobs_add_file (blobs, plan->add->path, &added->size, progress, data, cancellable, error);
  if (added->hash == NULL)
    return FALSE;
  added->media = sniff (blobs, added->hash, plan->file);
  probe (added, blobs);
  return TRUE;
}

BatonOp *
baton_add_file_prepare (BatonReader *reader, BatonBlobs *blobs, const BatonAddFile *add,
    BatonBlobProgress progress, gpointer data, GCancellable *cancellable, BatonAdded **added, GError **error)
{
  g_autoptr (BatonAdded) result = g_new0 (BatonAdded, 1);
  g_auto (Plan) plan = { .reader = reader, .add = add, .added = result, .file = file_name (add) };
  g_autoptr (BatonRow) card =
      add->card != NULL ? baton_reader_row (reader, BATON_ENTITY_CARD, add->card) : NULL;
  BatonOp *op;

  if (card == NULL && add->card != NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This card is not here."));
      return NULL;
    }
  if (!take_in (&plan, blobs, progress, data, cancellable, error))
    return NULL;
  name_asset (&plan, card);
  if (card != NULL && !choose_asset (&plan, card, error))
    return NULL;
  if (*plan.name == '\0')
    {
      g_free (plan.name);
      plan.name = g_strdup (card != NULL ? baton_row_text (card, BATON_CARD_TITLE) : plan.file);
    }
  result->card = card != NULL ? g_strdup (card->id) : baton_store_new_id ();
  result->new_asset = plan.asset == NULL;
  result->asset = plan.asset != NULL ? g_strdup (plan.asset->id) : baton_store_new_id ();
  result->version = baton_store_new_id ();
  op = make_op (&plan);
  *added = g_steal_pointer (&result);
  return op;
}

typedef struct
{
  BatonBlobs *blobs;
  BatonAddFile *add;
  BatonAdded *added;
  BatonBlobProgress progress;
  gpointer progress_data;
  GMainContext *context;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  baton_blobs_unref (job->blobs);
  baton_add_file_free (job->add);
  g_clear_pointer (&job->added, baton_added_free);
  g_main_context_unref (job->context);
  g_clear_object (&job->cancellable);
  g_free (job);
}

typedef struct
{
  BatonBlobProgress progress;
  gpointer data;
  GCancellable *cancellable;
  gint64 done;
  gint64 total;
} Report;

/* Nobody who has cancelled wants to hear more. */
static gboolean
report_cb (gpointer data)
{
  Report *report = data;

  if (!g_cancellable_is_cancelled (report->cancellable))
    report->progress (report->done, report->total, report->data);
  return G_SOURCE_REMOVE;
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_clear_object (&report->cancellable);
  g_free (report);
}

static void
progress_in_thread (gint64 done, gint64 total, gpointer data)
{
  Job *job = data;
  Report *report = g_new0 (Report, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  *report = (Report){ job->progress, job->progress_data, job->cancellable, done, total };
  if (report->cancellable != NULL)
    g_object_ref (report->cancellable);
  /* Before the answer, which comes with the same priority and later. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_cb, report, report_free);
  g_source_attach (source, job->context);
}

static gpointer
prepare_in_thread (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return baton_add_file_prepare (reader, job->blobs, job->add,
      job->progress != NULL ? progress_in_thread : NULL, job, cancellable, &job->added, error);
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);
  BatonAdded *added = g_object_steal_data (G_OBJECT (task), "added");

  if (effect != NULL)
    {
      /* The same content may have been missed, or damaged, in another version. */
      baton_workspace_tell_arrived (BATON_WORKSPACE (source), added->hash);
      g_task_return_pointer (task, added, (GDestroyNotify) baton_added_free);
      return;
    }
  baton_added_free (added);
  g_task_return_error (task, error);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  BatonOp *op = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);
  Job *job = g_task_get_task_data (task);

  if (op == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_object_set_data_full (
      G_OBJECT (task), "added", g_steal_pointer (&job->added), (GDestroyNotify) baton_added_free);
  baton_workspace_perform_async (BATON_WORKSPACE (source), op, performed_cb, task);
}

void
baton_workspace_add_file_async (BatonWorkspace *workspace, BatonAddFile *add, BatonBlobProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  /* The query ends before the task does, which keeps the job. */
  job->blobs = baton_blobs_ref (baton_workspace_blobs (workspace));
  job->add = add;
  job->progress = progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref_thread_default ();
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_task_set_task_data (task, job, job_free);
  /* Once the operation is on its way, it is too late to cancel it. */
  g_task_set_check_cancellable (task, FALSE);
  baton_workspace_query_async (workspace, prepare_in_thread, job, NULL, (GDestroyNotify) baton_op_free,
      cancellable, prepared_cb, task);
}

BatonAdded *
baton_workspace_add_file_finish (BatonWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
