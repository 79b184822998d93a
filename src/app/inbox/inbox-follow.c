/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "inbox-follow.h"

typedef struct
{
  BatonInbox *inbox; /* the one that is followed, or NULL */
  gulong handler;
  BatonInboxBegin begin;
  BatonInboxChanged changed;
  gpointer data;
  GDestroyNotify free;
} Follow;

static void
changed_cb (BatonInbox *inbox, Follow *self)
{
  self->changed (inbox, self->data);
}

static void
let_go (Follow *self)
{
  g_clear_signal_handler (&self->handler, self->inbox);
  g_clear_object (&self->inbox);
}

static void
inbox_cb (BatonWindow *window, GParamSpec *property, Follow *self)
{
  BatonInbox *inbox = baton_window_inbox (window);

  if (inbox == self->inbox)
    return;
  let_go (self);
  self->begin (self->data);
  if (inbox == NULL)
    return;
  self->inbox = g_object_ref (inbox);
  self->handler = g_signal_connect (inbox, "changed", G_CALLBACK (changed_cb), self);
}

static void
follow_free (gpointer data)
{
  Follow *self = data;

  let_go (self);
  self->free (self->data);
  g_free (self);
}

void
baton_inbox_follow (BatonWindow *window, const char *name, BatonInboxBegin begin, BatonInboxChanged changed,
    gpointer data, GDestroyNotify free)
{
  Follow *self = g_new0 (Follow, 1);

  g_return_if_fail (BATON_IS_WINDOW (window) && begin != NULL && changed != NULL && free != NULL);
  self->begin = begin;
  self->changed = changed;
  self->data = data;
  self->free = free;
  g_object_set_data_full (G_OBJECT (window), name, self, follow_free);
  g_signal_connect (window, "notify::inbox", G_CALLBACK (inbox_cb), self);
}
