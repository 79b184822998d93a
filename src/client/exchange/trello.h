/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imported.h"
#include "plan.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Private to exchange: Trello's board file on its way to a plan.
 *
 * trello-read.c   bytes → JSON, and careful looking into it: nothing in the file has to be what it should be
 * trello-board.c  JSON → what the board holds at the end (lists, labels, people)
 * trello-cards.c  the same for cards and what hangs from them
 * trello-known.c  what of it is in the workspace from an earlier import
 * trello-events.c actions → events
 * trello-begin.c  from the events, how everything began
 * trello-ops.c, trello-ops-card.c   events → operations
 * trello.c        all of it in its order, and the summary */

typedef struct _Trello Trello;

/* What was met on the way and has to be told; the texts are in trello.c. */
typedef enum
{
  NOTE_UNTITLED,
  NOTE_CLIPPED,
  NOTE_NUL,
  NOTE_SHAPE,
  NOTE_DUPLICATE,
  NOTE_DATE,
  NOTE_LOST_CARD,
  NOTE_LOST_CHECKLIST,
  NOTE_NO_LISTS,
  NOTE_ODD_LINK,
  NOTE_UPLOAD,
  NOTE_UNKNOWN_PERSON,
  NOTE_OLD_COMMENTS,
  NOTE_CUT_HISTORY,
  NOTE_GONE_CARD,
  NOTE_GONE_LIST,
  NOTE_SHUFFLE,
  NOTE_OTHER_ACTION,
  NOTE_COVER,
  NOTE_STICKER,
  NOTE_VOTE,
  NOTE_PLUGIN,
  NOTE_LOCATION,
  NOTE_ITEM_DUE,
  NOTE_ITEM_MEMBER,
  NOTE_TEMPLATE,
  NOTE_SET_FULL,
  NOTE_KEPT,
  NOTE_BINNED,
  NOTE_GONE_STAGE,
  NOTE_NOT_IN_FILE,
  NOTE_OLDER_FILE,
  N_NOTES,
} TrelloNote;

/* What everything in the file has: its id there and here, and when it came to be. */
typedef struct
{
  BatonEntity entity;
  const char *key; /* its id in the file; NULL when it has none that can be used */
  char id[37];
  gint64 at;     /* not later than anything that needs it */
  gint64 first;  /* the earliest that has needed it so far; 0: nothing has */
  BatonRow *row; /* what the workspace holds of it, or NULL when it is new */
  gboolean needed;
  struct _TrelloPerson *by; /* who made it, where that is told */
} Thing;

typedef struct _TrelloPerson
{
  Thing base;
  const char *name;
} TrelloPerson;

typedef struct
{
  Thing base;
  const char *name;
  const char *color;
} TrelloLabel;

typedef struct
{
  Thing base;
  const char *name;
  json_t *options; /* array, or NULL */
  double pos;
} TrelloField;

typedef struct
{
  Thing base;
  const char *name;
  const char *kind;
  gboolean closed;
  double pos;
  guint order;
  gboolean gone; /* removed in the workspace: nothing can be put there */

  BatonValue now_name; /* while events are played */
  gboolean now_closed;
  gboolean name_seen, closed_seen;
  gboolean present;
  GPtrArray *cards;    /* TrelloCard that end here, in order */
  gint64 last_settled; /* order of the last card that has come to stay; -1: none */
  guint n_present;
  struct _TrelloCard *top; /* the card that stands first, where that is known */
  gint64 last_event;
} TrelloList;

typedef enum
{
  CARD_TITLE,
  CARD_BRIEF,
  CARD_NOTES,
  CARD_DUE,
  CARD_TEMPLATE,
  N_CARD_FIELDS,
} TrelloCardField;

typedef struct _TrelloCard
{
  Thing base;
  json_t *json;
  double pos;
  guint index; /* in the file */
  guint order; /* in its list */
  gint64 activity;
  gint64 last_event;
  gboolean created; /* an action told when */
  gboolean binned;
  gboolean touched; /* something newer than the last import */

  /* At the end, and while events are played. */
  TrelloList *list, *start, *now_list;
  TrelloList *made_in; /* where an action says that it was made, or NULL */
  gboolean closed, now_closed, closed_seen;
  gboolean moved;    /* has the first move been seen */
  gint64 last_entry; /* order of the event that brings it to its last list; -1: it starts there */
  gboolean settled;  /* it stands where it ends */
  gboolean reorder;  /* it stands in its list, at the wrong place */
  BatonValue values[N_CARD_FIELDS], now[N_CARD_FIELDS];
  gboolean seen[N_CARD_FIELDS];
  GPtrArray *members, *now_members, *members_seen; /* TrelloPerson */
  GPtrArray *labels, *now_labels, *labels_seen;    /* TrelloLabel */
  GPtrArray *checklists;                           /* TrelloChecklist, in order */
  guint comments_told, comments_met;
} TrelloCard;

typedef struct
{
  Thing base;
  TrelloCard *card;
  const char *name;
  double pos;
  GPtrArray *items; /* TrelloItem, in order */
  gboolean present;
} TrelloChecklist;

typedef struct
{
  Thing base;
  TrelloChecklist *checklist;
  const char *name;
  double pos;
  gboolean done, now_done, done_seen;
  gboolean present;
} TrelloItem;

typedef struct
{
  Thing base;
  TrelloCard *card;
  TrelloPerson *person;
  const char *url;
  const char *title;
} TrelloLink;

typedef struct
{
  Thing base;
  TrelloCard *card;
  TrelloField *field;
  const char *text;
} TrelloValue;

typedef struct
{
  Thing base;
  TrelloCard *card;
  TrelloPerson *author;
  const char *text;
} TrelloComment;

/* In the order in which things of one moment have to happen. */
typedef enum
{
  EVENT_PERSON,
  EVENT_BOARD,
  EVENT_LIST,
  EVENT_LABEL,
  EVENT_FIELD,
  EVENT_CARD,
  EVENT_CHECKLIST,
  EVENT_ITEM,
  EVENT_LINK,
  EVENT_VALUE,
  EVENT_COMMENT,
  EVENT_ACTION_CARD,   /* updateCard */
  EVENT_ACTION_RETURN, /* a card came back from another board */
  EVENT_ACTION_MEMBER,
  EVENT_ACTION_LABEL,
  EVENT_ACTION_ITEM,
  EVENT_ACTION_LIST,
  EVENT_ACTION_BOARD,
  EVENT_SETTLE_CARD,
  EVENT_SETTLE_LIST,
  EVENT_SETTLE_BOARD,
} TrelloEventKind;

typedef struct
{
  gint64 at;
  TrelloEventKind kind;
  guint order;
  gpointer subject;     /* Thing */
  gpointer object;      /* person or label */
  gboolean on;          /* added, ticked */
  json_t *data;         /* of the action */
  TrelloPerson *person; /* who did it */
  TrelloList *from, *to;
} TrelloEvent;

typedef struct
{
  Thing base;
  const char *name;
  const char *description;
  gboolean closed;
  gint64 activity;
  gint64 last_event;

  BatonValue now_name, now_description;
  gboolean now_closed;
  gboolean name_seen, description_seen, closed_seen;
} TrelloBoard;

struct _Trello
{
  BatonReader *reader;
  const BatonImportOptions *options;
  GCancellable *cancellable;
  BatonImportPlan *plan;
  gint64 now;
  gint64 watermark; /* the file's time up to which it was imported before; G_MININT64: never */
  json_t *root;

  TrelloBoard board;
  GPtrArray *lists, *labels, *fields, *people, *cards; /* in order */
  GPtrArray *links, *values, *comments;
  GHashTable *things;  /* key → Thing: lists, labels, fields, cards, checklists, items */
  GHashTable *persons; /* key → TrelloPerson */
  TrelloList *lost;    /* for cards whose list is not in the file */
  GArray *events;      /* TrelloEvent */
  GStringChunk *texts;
  GPtrArray *owned; /* everything above, to be freed */
  Imported *imported;
  gint64 notes[N_NOTES];
};

/* trello-read.c */
json_t *trello_load (GBytes *bytes, GError **error);
const char *trello_text (Trello *trello, json_t *object, const char *key); /* NULL when it is not a text */
const char *trello_key (
    Trello *trello, json_t *object, const char *key); /* a text that can serve as an id, or NULL */
json_t *trello_object (json_t *object, const char *key);
json_t *trello_array (Trello *trello, json_t *object, const char *key); /* NULL when there is none */
double trello_number (json_t *object, const char *key, double fallback);
gboolean trello_bool (json_t *object, const char *key);
gint64 trello_time (Trello *trello, json_t *object, const char *key); /* 0 when there is none */
gint64 trello_id_time (const char *id);                               /* 0 when it does not tell */
const char *trello_clip (Trello *trello, BatonField field, const char *text);
const char *trello_name (Trello *trello, BatonField field, const char *text); /* never blank */
char *trello_source (const char *key);

/* trello-board.c */
gboolean trello_read_board (Trello *trello, GError **error);
TrelloPerson *trello_person (Trello *trello, const char *key, json_t *about);
TrelloPerson *trello_person_of (Trello *trello, json_t *action);
gpointer trello_new_thing (Trello *trello, gsize size, BatonEntity entity, const char *key, gint64 at);
gpointer trello_find (Trello *trello, BatonEntity entity, const char *key);
void trello_need (gpointer thing, gint64 at);
TrelloField *trello_own_field (Trello *trello, const char *name, const char *key);

/* trello-cards.c */
void trello_read_cards (Trello *trello);

/* trello-known.c */
gboolean trello_match (Trello *trello, GError **error);
/* The same for what only the actions speak of. */
gboolean trello_match_late (Trello *trello, GError **error);
/* Whether a value that differs from the file's was changed here since the last import while the file stayed
 * as it was. */
gboolean trello_keeps (
    Trello *trello, TrelloCard *card, const char *id, BatonField field, const BatonValue *wanted);
gboolean trello_keeps_member (
    Trello *trello, TrelloCard *card, BatonField field, const char *member, gboolean wanted);

/* trello-events.c */
gboolean trello_collect_events (Trello *trello, GError **error);

void trello_add_event (Trello *trello, TrelloEvent event);

/* trello-begin.c: from the events and the end, how everything began; and the events of coming into being. */
gboolean trello_begin (Trello *trello, GError **error);

/* trello-order.c: of the cards that stand in a list already, those that stand in the file's order stay; of
 * the others, those that were touched in Trello are marked to be put where the file has them. */
void trello_find_misplaced (TrelloList *list);

/* trello-ops.c, trello-ops-card.c */
gboolean trello_play (Trello *trello, GError **error);
void trello_settle_parts (Trello *trello, const TrelloEvent *event);
void trello_play_card (Trello *trello, const TrelloEvent *event);
BatonOp *trello_op (Trello *trello, BatonVerb verb, const TrelloEvent *event, gpointer thing);

G_END_DECLS
