/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* What one person must act on, in the whole workspace: somebody called them, a review waits for their
 * decision, a reviewer asks them for time, or a change of theirs needs attention. What only happened is not
 * here; that is the history. All of it follows from other rows; only what was looked at and put aside is
 * remembered, on this device. */

typedef enum
{
  BATON_INBOX_MENTION,  /* a comment that calls me, until I answer on the card, it is settled or put aside */
  BATON_INBOX_REVIEW,   /* waits for my decision */
  BATON_INBOX_TIME,     /* a reviewer asks for more time than the review has, which I requested */
  BATON_INBOX_REFUSED,  /* a change of mine was not done */
  BATON_INBOX_REPLACED, /* a value of mine was replaced unseen */
} BatonInboxKind;

typedef struct
{
  BatonInboxKind kind;
  char *id;       /* of the comment, the review, the excuse; of what needs attention its number */
  char *card;     /* id, or NULL */
  char *title;    /* of the card, or NULL */
  char *person;   /* id of who asks, or NULL */
  char *text;     /* what was said, or what was intended; or NULL */
  char *sentence; /* who wants what */
  char *review;   /* id, or NULL */
  gint64 at;      /* since when it waits */
  gint64 ends;    /* when it should be done; 0: no time */
} BatonInboxEntry;

void baton_inbox_entry_free (BatonInboxEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonInboxEntry, baton_inbox_entry_free)

/* What waits for a person: what needs attention first, then by time, the newest first. Transfer full, of
 * BatonInboxEntry; any thread. */
GPtrArray *baton_inbox_read (BatonReader *reader, const char *person, GError **error);

/* The inbox of a workspace's own person, kept up to date. Signal changed (). Main thread. */
#define BATON_TYPE_INBOX (baton_inbox_get_type ())
G_DECLARE_FINAL_TYPE (BatonInbox, baton_inbox, BATON, INBOX, GObject)

BatonInbox *baton_inbox_new (BatonWorkspace *workspace);
GPtrArray *baton_inbox_entries (BatonInbox *self); /* borrowed until "changed" */
gboolean baton_inbox_is_new (BatonInbox *self, const BatonInboxEntry *entry);
guint baton_inbox_n_new (BatonInbox *self);
/* Everything that is there has been seen. */
void baton_inbox_mark_seen (BatonInbox *self);
/* A mention is put aside without an answer. */
void baton_inbox_put_aside (BatonInbox *self, const BatonInboxEntry *entry);

G_END_DECLS
