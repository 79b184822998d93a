/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "uploads.h"

struct _BatonUpload
{
  GObject parent_instance;

  BatonWorkspace *workspace;
  BatonAddFile *add; /* until it begins */
  char *name;
  char *card;
  double fraction;
  char *problem;
  gboolean running;
  GCancellable *cancellable;
};

enum
{
  CHANGED,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];
static GListStore *uploads;

G_DEFINE_FINAL_TYPE (BatonUpload, baton_upload, G_TYPE_OBJECT)

static void begin_next (void);

static void
baton_upload_finalize (GObject *object)
{
  BatonUpload *self = BATON_UPLOAD (object);

  g_clear_pointer (&self->add, baton_add_file_free);
  g_clear_object (&self->workspace);
  g_object_unref (self->cancellable);
  g_free (self->name);
  g_free (self->card);
  g_free (self->problem);
  G_OBJECT_CLASS (baton_upload_parent_class)->finalize (object);
}

static void
baton_upload_class_init (BatonUploadClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_upload_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
      G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
baton_upload_init (BatonUpload *self)
{
  self->fraction = -1;
  self->cancellable = g_cancellable_new ();
}

static void
put_away (BatonUpload *self)
{
  guint position;

  if (g_list_store_find (uploads, self, &position))
    g_list_store_remove (uploads, position);
}

static void
progress_cb (gint64 done, gint64 total, gpointer data)
{
  BatonUpload *self = data;

  self->fraction = total > 0 ? CLAMP ((double) done / (double) total, 0, 1) : -1;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonUpload) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) added = baton_workspace_add_file_finish (BATON_WORKSPACE (source), result, &error);

  self->running = FALSE;
  g_clear_object (&self->workspace);
  if (added == NULL && !g_cancellable_is_cancelled (self->cancellable))
    self->problem = g_strdup (error->message);
  else
    put_away (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[FINISHED], 0, added, error);
  begin_next ();
}

static BatonUpload *
next (void)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (uploads));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonUpload) upload = g_list_model_get_item (G_LIST_MODEL (uploads), i);

      if (upload->running)
        return NULL;
      if (upload->add != NULL)
        return upload;
    }
  return NULL;
}

static void
begin_next (void)
{
  BatonUpload *upload = next ();

  if (upload == NULL)
    return;
  upload->running = TRUE;
  baton_workspace_add_file_async (upload->workspace, g_steal_pointer (&upload->add), progress_cb, upload,
      upload->cancellable, added_cb, g_object_ref (upload));
}

const char *
baton_upload_name (BatonUpload *self)
{
  return self->name;
}

const char *
baton_upload_card (BatonUpload *self)
{
  return self->card;
}

double
baton_upload_fraction (BatonUpload *self)
{
  return self->fraction;
}

const char *
baton_upload_problem (BatonUpload *self)
{
  return self->problem;
}

void
baton_upload_cancel (BatonUpload *self)
{
  g_return_if_fail (BATON_IS_UPLOAD (self));
  g_cancellable_cancel (self->cancellable);
  if (!self->running)
    put_away (self);
}

GListModel *
baton_uploads (void)
{
  if (uploads == NULL)
    uploads = g_list_store_new (BATON_TYPE_UPLOAD);
  return G_LIST_MODEL (uploads);
}

BatonUpload *
baton_upload_start (BatonWorkspace *workspace, BatonAddFile *add)
{
  g_autoptr (BatonUpload) self = g_object_new (BATON_TYPE_UPLOAD, NULL);

  self->workspace = g_object_ref (workspace);
  self->name = add->file != NULL   ? g_filename_display_name (add->file)
               : add->path != NULL ? g_filename_display_basename (add->path)
                                   : g_strdup ("");
  self->card = g_strdup (add->card);
  self->add = add;
  g_list_store_append (G_LIST_STORE (baton_uploads ()), self);
  begin_next ();
  return self;
}
