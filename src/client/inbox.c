/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "inbox.h"

#define SEEN "inbox/seen"
#define PAUSE 200 /* milliseconds in which changes are gathered */

struct _BatonInbox
{
  GObject parent_instance;

  BatonWorkspace *workspace; /* weak: views may hold the inbox for a moment longer */
  GPtrArray *entries;
  GHashTable *aside; /* ids that were put aside just now: the note may still be on its way to the disk */
  gint64 seen;       /* what is newer is new */
  GCancellable *cancellable;
  guint pause;
  gboolean reading;
  gboolean stale; /* something happened while it was read */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonInbox, baton_inbox, G_TYPE_OBJECT)

static void read_again (BatonInbox *self);

static gpointer
read_entries (BatonReader *reader, gpointer person, GCancellable *cancellable, GError **error)
{
  return baton_inbox_read (reader, person, error);
}

static void
leave_out (BatonInbox *self)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      if (g_hash_table_contains (self->aside, ((BatonInboxEntry *) g_ptr_array_index (self->entries, i))->id))
        g_ptr_array_remove_index (self->entries, i);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonInbox) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&entries, g_ptr_array_unref);
      return;
    }
  if (entries == NULL)
    g_message ("The inbox could not be read: %s", error != NULL ? error->message : "");
  else
    {
      g_ptr_array_unref (self->entries);
      self->entries = entries;
      leave_out (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  if (self->stale)
    read_again (self);
}

static void
read_again (BatonInbox *self)
{
  self->stale = self->reading;
  if (self->reading || self->workspace == NULL)
    return;
  self->reading = TRUE;
  baton_workspace_query_async (self->workspace, read_entries, g_strdup (baton_workspace_me (self->workspace)),
      g_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}

static gboolean
pause_cb (gpointer data)
{
  BatonInbox *self = data;

  self->pause = 0;
  read_again (self);
  return G_SOURCE_REMOVE;
}

static void
read_soon (BatonInbox *self)
{
  if (self->pause == 0)
    self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

/* Moving cards about is nobody's call. Cards that go into the archive or the bin take theirs along. */
static gboolean
matters (const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      switch ((int) change->entity)
        {
        case BATON_ENTITY_COMMENT:
        case BATON_ENTITY_REVIEW:
        case BATON_ENTITY_DECISION:
        case BATON_ENTITY_EXCUSE:
          return TRUE;
        case BATON_ENTITY_CARD:
          if (change->created || change->vanished || change->field == BATON_CARD_TITLE ||
              change->field == BATON_CARD_REMOVED || change->field == BATON_CARD_ARCHIVED)
            return TRUE;
          break;
        default:
          break;
        }
    }
  return FALSE;
}

/* What others did may also have refused or replaced something of ours. */
static void
performed_cb (BatonWorkspace *workspace, const BatonOp *op, const BatonEffect *effect, BatonInbox *self)
{
  if (op == NULL || matters (effect))
    read_soon (self);
}

static void
baton_inbox_dispose (GObject *object)
{
  BatonInbox *self = BATON_INBOX (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_weak_pointer (&self->workspace);
  G_OBJECT_CLASS (baton_inbox_parent_class)->dispose (object);
}

static void
baton_inbox_finalize (GObject *object)
{
  BatonInbox *self = BATON_INBOX (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->aside);
  G_OBJECT_CLASS (baton_inbox_parent_class)->finalize (object);
}

static void
baton_inbox_class_init (BatonInboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_inbox_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_inbox_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_inbox_init (BatonInbox *self)
{
  self->entries = g_ptr_array_new ();
  self->aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

BatonInbox *
baton_inbox_new (BatonWorkspace *workspace)
{
  BatonInbox *self = g_object_new (BATON_TYPE_INBOX, NULL);
  g_autofree char *seen = baton_workspace_draft (workspace, SEEN);

  g_set_weak_pointer (&self->workspace, workspace);
  self->seen = seen != NULL ? g_ascii_strtoll (seen, NULL, 10) : 0;
  g_signal_connect_object (workspace, "performed", G_CALLBACK (performed_cb), self, 0);
  g_signal_connect_object (workspace, "reloaded", G_CALLBACK (read_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "attended", G_CALLBACK (read_soon), self, G_CONNECT_SWAPPED);
  read_again (self);
  return self;
}

GPtrArray *
baton_inbox_entries (BatonInbox *self)
{
  return self->entries;
}

gboolean
baton_inbox_is_new (BatonInbox *self, const BatonInboxEntry *entry)
{
  return entry->at > self->seen;
}

guint
baton_inbox_n_new (BatonInbox *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += baton_inbox_is_new (self, g_ptr_array_index (self->entries, i));
  return n;
}

void
baton_inbox_mark_seen (BatonInbox *self)
{
  g_autofree char *text = NULL;
  gint64 newest = self->seen;

  for (guint i = 0; i < self->entries->len; i++)
    newest = MAX (newest, ((BatonInboxEntry *) g_ptr_array_index (self->entries, i))->at);
  if (newest == self->seen || self->workspace == NULL)
    return;
  self->seen = newest;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, newest);
  if (baton_workspace_read_only_reason (self->workspace) == NULL)
    baton_workspace_set_draft (self->workspace, SEEN, text);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_inbox_put_aside (BatonInbox *self, const BatonInboxEntry *entry)
{
  g_autofree char *key = g_strconcat ("inbox/", entry->id, NULL);

  g_return_if_fail (entry->kind == BATON_INBOX_MENTION);
  baton_workspace_set_draft (self->workspace, key, "1");
  g_hash_table_add (self->aside, g_strdup (entry->id));
  leave_out (self);
  g_signal_emit (self, signals[CHANGED], 0);
}
