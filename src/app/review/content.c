/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "content.h"

/* Pages that are kept beside the one that was asked for last. */
#define KEPT_PAGES 6

struct _BatonContent
{
  GObject parent_instance;

  BatonContentKind kind;
  GHashTable *pictures; /* page → BatonPicture */
  GQueue *recent;       /* pages, the latest first */
  int pages;
  gboolean grows;
  char *text;
  char *words;
  char *path;
};

enum
{
  CHANGED,
  WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonContent, baton_content, G_TYPE_OBJECT)

static void
baton_content_finalize (GObject *object)
{
  BatonContent *self = BATON_CONTENT (object);

  g_hash_table_unref (self->pictures);
  g_queue_free (self->recent);
  g_free (self->text);
  g_free (self->words);
  g_free (self->path);
  G_OBJECT_CLASS (baton_content_parent_class)->finalize (object);
}

static void
baton_content_class_init (BatonContentClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_content_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WANTED] =
      g_signal_new ("wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
baton_content_init (BatonContent *self)
{
  self->pictures = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->recent = g_queue_new ();
  self->pages = 1;
}

BatonContent *
baton_content_new (void)
{
  return g_object_new (BATON_TYPE_CONTENT, NULL);
}

BatonContentKind
baton_content_kind (BatonContent *self)
{
  return self->kind;
}

static void
touch_page (BatonContent *self, int page)
{
  g_queue_remove (self->recent, GINT_TO_POINTER (page));
  g_queue_push_head (self->recent, GINT_TO_POINTER (page));
}

BatonPicture *
baton_content_picture (BatonContent *self, int page)
{
  BatonPicture *picture;

  if (self->kind != BATON_CONTENT_LOADING && self->kind != BATON_CONTENT_PICTURE)
    return NULL;
  page = CLAMP (page, 0, MAX (self->pages - 1, 0));
  picture = g_hash_table_lookup (self->pictures, GINT_TO_POINTER (page));
  if (picture != NULL)
    touch_page (self, page);
  else
    g_signal_emit (self, signals[WANTED], 0, page);
  return picture;
}

int
baton_content_pages (BatonContent *self)
{
  return self->pages;
}

gboolean
baton_content_grows (BatonContent *self)
{
  return self->grows;
}

const char *
baton_content_text (BatonContent *self)
{
  return self->text;
}

const char *
baton_content_words (BatonContent *self)
{
  return self->kind == BATON_CONTENT_OTHER ? self->words : NULL;
}

void
baton_content_set_pages (BatonContent *self, int pages, gboolean grows)
{
  self->pages = MAX (pages, 1);
  self->grows = grows;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_content_set_picture (BatonContent *self, int page, BatonPicture *picture)
{
  self->kind = BATON_CONTENT_PICTURE;
  g_hash_table_insert (self->pictures, GINT_TO_POINTER (page), g_object_ref (picture));
  touch_page (self, page);
  while (g_queue_get_length (self->recent) > KEPT_PAGES)
    g_hash_table_remove (self->pictures, g_queue_pop_tail (self->recent));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_content_set_text (BatonContent *self, const char *text)
{
  self->kind = BATON_CONTENT_TEXT;
  g_free (self->text);
  self->text = g_utf8_make_valid (text, -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_content_set_words (BatonContent *self, const char *words)
{
  self->kind = BATON_CONTENT_OTHER;
  g_free (self->words);
  self->words = g_strdup (words);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_content_set_loading (BatonContent *self)
{
  self->kind = BATON_CONTENT_LOADING;
  g_clear_pointer (&self->words, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
baton_content_path (BatonContent *self)
{
  return self->kind == BATON_CONTENT_MEDIA ? self->path : NULL;
}

void
baton_content_set_path (BatonContent *self, const char *path)
{
  self->kind = BATON_CONTENT_MEDIA;
  g_free (self->path);
  self->path = g_strdup (path);
  g_signal_emit (self, signals[CHANGED], 0);
}
