/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happened on a board, as arrays: the one input of every number in this room. Rows of the store become
 * indexes: stages are 0 … n_stages - 1 in the board's order, people, channels and so on are numbers that the
 * caller gives. Times are microseconds since 1970, UTC. Nothing here reads a clock: “now” is handed in. */

#define BATON_FLOW_NONE G_MAXUINT32 /* no channel, nobody … */
#define BATON_FLOW_NEVER G_MININT64 /* no time */
#define BATON_FLOW_NO_STAGE G_MAXUINT16

typedef enum
{
  BATON_FLOW_BACKLOG,
  BATON_FLOW_QUEUE,
  BATON_FLOW_ACTIVE,
  BATON_FLOW_REVIEW,
  BATON_FLOW_DONE,
} BatonFlowKind;

typedef struct
{
  BatonFlowKind kind;
  gboolean removed; /* no longer on the board; cards may have been in it */
  guint wip_limit;  /* 0: none */
  gint64 age_limit; /* microseconds; 0: none */
} BatonFlowStage;

typedef enum
{
  BATON_FLOW_ENTER, /* the card comes into a stage, perhaps the one where it was */
  BATON_FLOW_BLOCK,
  BATON_FLOW_UNBLOCK,
  BATON_FLOW_OWNER,  /* person: the new owner */
  BATON_FLOW_LEAVE,  /* into the archive, or to another board */
  BATON_FLOW_RETURN, /* from the archive, into the stage where it was */
  BATON_FLOW_ORDER,  /* it was put elsewhere in its stage */
} BatonFlowEventType;

/* How well it is known when an event happened. */
typedef enum
{
  BATON_FLOW_EXACT,     /* by the clock of the device on which it was done */
  BATON_FLOW_RECORDED,  /* as another tool's record has it */
  BATON_FLOW_ESTIMATED, /* a clock was off, or nothing tells it */
} BatonFlowSource;

typedef struct
{
  gint64 at;
  guint32 person; /* who did it; OWNER: who has it now */
  guint16 stage;  /* ENTER */
  guint8 type;    /* BatonFlowEventType */
  guint8 source;  /* BatonFlowSource */
} BatonFlowEvent;

/* What a card is divided by. A filter, a table and a chart name them by these. */
typedef enum
{
  BATON_FLOW_CHANNEL,
  BATON_FLOW_ASSET_TYPE,
  BATON_FLOW_CAMPAIGN,
  BATON_FLOW_OWNER_DIM,
  BATON_FLOW_URGENCY,
  BATON_FLOW_N_DIMS,
} BatonFlowDim;

typedef enum
{
  BATON_FLOW_NOT_STARTED,   /* unfinished, was never in an active or review stage */
  BATON_FLOW_IN_PROGRESS,   /* unfinished, was */
  BATON_FLOW_FINISHED,      /* its present stage is done, and it has a cycle time */
  BATON_FLOW_NEVER_STARTED, /* its present stage is done, but it never was in an active or review stage */
} BatonFlowState;

typedef struct
{
  /* The caller's. */
  gint64 created;
  guint32 dims[BATON_FLOW_N_DIMS]; /* BATON_FLOW_NONE: none */
  guint32 creator;
  gboolean hidden;    /* in the bin, or a template: counts nowhere */
  guint satisfaction; /* 1 … 5: how content people are with what was made; 0: nobody has said */

  /* Kept by this room: its events are flow->events[first … first + n - 1], in order of time; what came at one
   * instant stays in the order in which it was told. */
  guint32 first;
  guint32 n;
  guint32 room;

  /* Derived from the events, see README.md. */
  gint64 started;  /* first entry into active or review, or NEVER */
  gint64 finished; /* last entry into done while its present stage is done, else NEVER */
  gint64 entered;  /* when it came into its present stage */
  gint64 left;     /* since when it is in the archive, else NEVER */
  guint16 stage;   /* the present one; NO_STAGE before the first event */
  guint8 state;    /* BatonFlowState */
  gboolean blocked;
} BatonFlowCard;

/* A request for review; boards without requests have none, and their review stages are measured instead. */
typedef struct
{
  guint32 card;
  gint64 asked;
  gint64 closed;    /* NEVER: open */
  gint64 ends;      /* of its window; NEVER: none */
  gboolean changes; /* closed with “changes requested” */
  guint32 reason;
} BatonFlowReview;

/* What somebody had to act on. Pulls are not told, they are read off the events. */
typedef enum
{
  BATON_FLOW_CALL_PULL,    /* took out of a queue what somebody else had put there */
  BATON_FLOW_CALL_REVIEW,  /* was asked to review */
  BATON_FLOW_CALL_MENTION, /* was named in a comment */
  BATON_FLOW_CALL_ASSIGN,  /* was made the owner by somebody else */
  BATON_FLOW_N_CALLS,
} BatonFlowCallKind;

typedef struct
{
  gint64 at;
  guint32 person;
  guint32 card;
  BatonFlowCallKind kind;
} BatonFlowCall;

/* What a team has decided about the handoffs between two people, or two roles. */
typedef struct
{
  gboolean of_roles; /* from and to are roles */
  guint32 from;
  guint32 to;
  guint32 channel; /* BATON_FLOW_NONE: of all */
  guint32 asset_type;
  gboolean sync; /* both must be there; else a queue is enough */
} BatonFlowMark;

typedef struct
{
  BatonFlowStage *stages;
  guint n_stages;
  guint16 *places; /* stage → place in the flow: the board's order, with all done stages behind the others */
  guint n_before_done; /* places 0 … n_before_done - 1 are not done */
  BatonFlowCard *cards;
  guint n_cards;
  guint cards_room;
  BatonFlowEvent *events;
  guint n_events; /* of the array, gaps that moved cards left included */
  guint events_room;
  GArray *reviews; /* BatonFlowReview */
  GArray *calls;   /* BatonFlowCall, in no order */
  GArray *marks;   /* BatonFlowMark, at most one for the same handoff */
  guint32 *roles;  /* person → role; what is beyond n_roles has none */
  guint n_roles;
  guint32 fast;     /* which urgency is the fast lane */
  gboolean spanned; /* first and last are what baton_flow_span would find */
  gint64 first;
  gint64 last;
} BatonFlow;

BatonFlow *baton_flow_new (const BatonFlowStage *stages, guint n_stages);
void baton_flow_free (BatonFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlow, baton_flow_free)

/* Adds a card without events; gives its index. */
guint32 baton_flow_add_card (BatonFlow *flow, gint64 created);

/* Adds an event to a card, in its place by time, after those of the same instant. Cheapest when a card's
 * events come one after the other. The card's derived fields are stale until baton_flow_derive. */
void baton_flow_add_event (BatonFlow *flow, guint32 card, const BatonFlowEvent *event);

/* Derives a card anew from its events, or every card. */
void baton_flow_derive (BatonFlow *flow, guint32 card);
void baton_flow_derive_all (BatonFlow *flow);

void baton_flow_set_roles (BatonFlow *flow, const guint32 *roles, guint n_roles);

/* Remembers the span until something is added or derived, because every number asks for it. */
void baton_flow_note_span (BatonFlow *flow);
/* The first and the last moment of which anything is known; FALSE when there is none. */
gboolean baton_flow_span (const BatonFlow *flow, gint64 *first, gint64 *last);

static inline const BatonFlowEvent *
baton_flow_events (const BatonFlow *flow, const BatonFlowCard *card)
{
  return flow->events + card->first;
}

static inline BatonFlowKind
baton_flow_kind (const BatonFlow *flow, guint16 stage)
{
  return flow->stages[stage].kind;
}

/* Whether work is done in it: active and review. */
static inline gboolean
baton_flow_is_work (BatonFlowKind kind)
{
  return kind == BATON_FLOW_ACTIVE || kind == BATON_FLOW_REVIEW;
}

G_END_DECLS
