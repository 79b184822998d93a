/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sample.h"

G_BEGIN_DECLS

/* Private to the sample. A small office is simulated in working minutes: what arrives, who works on what,
 * what waits for whom. Each thing that happens becomes an operation with its time, so the history is as true
 * as the office is. */

#define SAMPLE_DAY 480.0 /* working minutes: 9 to 13 and 14 to 18 o'clock */
#define SAMPLE_PAST 88   /* working days of history, about four months */
#define SAMPLE_FUTURE 60 /* working days that due dates may lie ahead */
#define SAMPLE_MOST_ITEMS 4

/* People, in the order of sample_people. */
enum
{
  MARA,   /* project manager */
  JONAS,  /* designer */
  AIKO,   /* designer */
  TOM,    /* copywriter */
  LUCIA,  /* motion designer */
  PRIYA,  /* brand lead */
  HENRIK, /* legal reviewer */
  CLAIRE, /* print producer */
  N_PEOPLE,
};

/* Stages of the template "campaign", in order. */
enum
{
  BACKLOG,
  READY_FOR_DESIGN,
  IN_DESIGN,
  READY_FOR_REVIEW,
  IN_REVIEW,
  READY_TO_PUBLISH,
  PUBLISHED,
  N_STAGES,
};

#define N_CAMPAIGNS 3

typedef struct
{
  const char *name;
  const char *role;
  const char *color;
  const char *email;
} SamplePerson;

typedef struct
{
  const char *name;
  const char *format;
  guint channel;    /* of the template */
  guint asset_type; /* of the template */
  guint maker;
  double work; /* minutes, on the average */
  const char *items[SAMPLE_MOST_ITEMS];
} SampleDeliverable;

typedef struct
{
  const char *name;
  guint campaign;
  const char *message;
  const char *audience;
  const char *notes;
} SampleTheme;

/* sample-text.c; the texts are not translated yet. */
extern const SamplePerson sample_people[N_PEOPLE];
extern const char *const sample_campaigns[N_CAMPAIGNS];
extern const SampleDeliverable sample_deliverables[];
extern const guint sample_n_deliverables;
extern const SampleTheme sample_themes[];
extern const guint sample_n_themes;
extern const char *const sample_maker_comments[];
extern const guint sample_n_maker_comments;
extern const char *const sample_rework_comments[];
extern const guint sample_n_rework_comments;
extern const char *const sample_approval_comments[];
extern const guint sample_n_approval_comments;
extern const char *const sample_blocks[];
extern const guint sample_n_blocks;
char *sample_brief (const SampleTheme *theme, const SampleDeliverable *what);

typedef struct
{
  char *id;
  const SampleTheme *theme;
  const SampleDeliverable *what;
  guint stage;
  double entered; /* when it came there, working minutes */
  double created;
  double work;  /* what is left to do in this stage, minutes */
  guint rounds; /* reviews that sent it back */
  gboolean fast;
  gboolean legal;
  gboolean archived;
  char *list;
  char *items[SAMPLE_MOST_ITEMS];
  guint n_items;
  guint n_ticked;
  double blocked_until; /* 0: not blocked */
  guint waits_for;      /* index of the card that must be approved first, plus one; 0: none */
} SampleCard;

typedef struct
{
  GPtrArray *ops;
  gint64 now;
  char *batch;
  GRand *chance; /* the same for every now, so that the story stays one */
  GRand *ids;    /* seeded by now, so that two samples can live in one workspace */
  gint64 days[SAMPLE_PAST +
              SAMPLE_FUTURE]; /* midnights in local time, of working days; SAMPLE_PAST - 1 is the latest */
  double end;                 /* now in working minutes */
  double id_minute;           /* the moment that new ids are made at */
  char *people[N_PEOPLE];

  char *board;
  char *stages[N_STAGES];
  GPtrArray *criteria[N_STAGES]; /* ids */
  GPtrArray *channels;           /* ids */
  GPtrArray *asset_types;
  GPtrArray *labels;
  char *campaigns[N_CAMPAIGNS];
  GPtrArray *cards; /* SampleCard */
} Sample;

/* sample-clock.c */
void sample_clock_init (Sample *sample, gint64 now);
gint64 sample_at (Sample *sample, double minute);     /* microseconds since 1970 */
gint64 sample_due (Sample *sample, guint day);        /* the end of that working day */
double sample_random (Sample *sample);                /* 0 to 1 */
double sample_work (Sample *sample, double mean);     /* a skewed time around the mean */
char *sample_id (gpointer sample);                    /* a BatonIdFunc */
guint sample_weekday (Sample *sample, double minute); /* 1 Monday … 5 Friday */

/* sample-board.c */
BatonOp *sample_op (
    Sample *sample, BatonVerb verb, guint person, double minute); /* added to the operations */
void sample_take_rows (Sample *sample, BatonOp *board_op);
void sample_set_up (Sample *sample);
void sample_newsletter (Sample *sample);

/* sample-cards.c: things that people do, as operations */
SampleCard *sample_card_add (
    Sample *sample, const SampleTheme *theme, const SampleDeliverable *what, gboolean fast, double minute);
void sample_card_move (Sample *sample, SampleCard *card, guint stage, guint person, double minute);
void sample_card_answer (Sample *sample, SampleCard *card, guint index, double minute);
void sample_card_tick_criteria (Sample *sample, SampleCard *card, guint person, double minute);
void sample_card_tick_item (Sample *sample, SampleCard *card, double minute);
void sample_card_comment (Sample *sample, SampleCard *card, guint person, const char *text, double minute);
void sample_card_block (Sample *sample, SampleCard *card, double minute, double until);
void sample_card_unblock (Sample *sample, SampleCard *card, double minute);
void sample_card_wait_for (Sample *sample, SampleCard *card, guint other, double minute);
void sample_card_free (gpointer card);

/* sample-files.c: the file of a version, drawn. extension and media are static. Transfer full. */
GBytes *sample_file (const SampleCard *card, guint version, const char **extension, const char **media);

/* sample-assets.c: files, reviews and decisions of the cards on the board, from the moves told so far */
void sample_assets (Sample *sample, BatonBlobs *blobs);

/* sample-flow.c */
void sample_simulate (Sample *sample);

G_END_DECLS
