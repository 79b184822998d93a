/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "templates.h"

#include "workspace.h"

#include <glib/gi18n-lib.h>

#define DAY 86400

typedef struct
{
  const char *name;
  const char *kind;
  const char *role;
  int limit;    /* of work in progress, soft; 0: none */
  int age_days; /* 0: none */
  const char *done[5];
} StageSpec;

typedef struct
{
  const char *name;
  const char *color;
} NameSpec;

typedef struct
{
  const char *id;
  const char *name;
  const char *description;
  const StageSpec *stages;
  const NameSpec *channels;
  const NameSpec *asset_types;
  const NameSpec *labels;
} Template;

/* Colours are of one calm family: alike in lightness, far apart in hue, and readable with white text. */
static const NameSpec all_channels[] = {
  { N_ ("Instagram"), "#b0527f" },
  { N_ ("E-mail"), "#3f76ad" },
  { N_ ("Web banner"), "#2f857c" },
  { N_ ("Blog"), "#7566ad" },
  { N_ ("Print"), "#9c6a33" },
  { N_ ("In-store"), "#637f37" },
  { NULL, NULL },
};

static const NameSpec social_channels[] = {
  { N_ ("Instagram"), "#b0527f" },
  { N_ ("TikTok"), "#4d6673" },
  { N_ ("LinkedIn"), "#3f76ad" },
  { N_ ("YouTube"), "#a8504a" },
  { NULL, NULL },
};

static const NameSpec mail_channels[] = {
  { N_ ("E-mail"), "#3f76ad" },
  { N_ ("Blog"), "#7566ad" },
  { NULL, NULL },
};

static const NameSpec campaign_types[] = {
  { N_ ("Key visual"), "#7566ad" },
  { N_ ("Story"), "#b0527f" },
  { N_ ("Reel"), "#a8504a" },
  { N_ ("Carousel"), "#b0527f" },
  { N_ ("E-mail"), "#3f76ad" },
  { N_ ("Banner"), "#2f857c" },
  { N_ ("Landing page"), "#2f857c" },
  { N_ ("Article"), "#7566ad" },
  { N_ ("Flyer"), "#9c6a33" },
  { N_ ("Poster"), "#9c6a33" },
  { N_ ("Window display"), "#637f37" },
  { N_ ("Shelf card"), "#637f37" },
  { NULL, NULL },
};

static const NameSpec social_types[] = {
  { N_ ("Post"), "#3f76ad" },
  { N_ ("Story"), "#b0527f" },
  { N_ ("Reel"), "#a8504a" },
  { N_ ("Carousel"), "#7566ad" },
  { NULL, NULL },
};

static const NameSpec mail_types[] = {
  { N_ ("Issue"), "#3f76ad" },
  { N_ ("Article"), "#7566ad" },
  { N_ ("Header image"), "#2f857c" },
  { NULL, NULL },
};

static const NameSpec campaign_labels[] = {
  { N_ ("Legal check"), "#a8504a" },
  { N_ ("Needs photos"), "#9c6a33" },
  { N_ ("Translation"), "#2f857c" },
  { N_ ("Paid media"), "#7566ad" },
  { N_ ("Evergreen"), "#637f37" },
  { N_ ("Reuse"), "#4d6673" },
  { NULL, NULL },
};

static const NameSpec few_labels[] = {
  { N_ ("Legal check"), "#a8504a" },
  { N_ ("Evergreen"), "#637f37" },
  { N_ ("Reuse"), "#4d6673" },
  { NULL, NULL },
};

static const NameSpec nothing[] = { { NULL, NULL } };

static const StageSpec social_stages[] = {
  { N_ ("Ideas"), "backlog", NULL, 0, 0, { NULL } },
  { N_ ("Ready to make"), "queue", NULL, 8, 5,
      { N_ ("The brief says who it is for"), N_ ("Channel and date are set") } },
  { N_ ("Making"), "active", N_ ("Designer"), 4, 3,
      { N_ ("Sizes fit the channel"), N_ ("Text alternative is written"),
          N_ ("Music and pictures are licensed") } },
  { N_ ("Ready for review"), "queue", NULL, 5, 2, { NULL } },
  { N_ ("In review"), "review", N_ ("Brand lead"), 3, 1,
      { N_ ("Tone of voice is ours"), N_ ("Links work") } },
  { N_ ("Scheduled"), "queue", NULL, 0, 14, { NULL } },
  { N_ ("Published"), "done", NULL, 0, 0, { NULL } },
  { NULL },
};

static const StageSpec campaign_stages[] = {
  { N_ ("Backlog"), "backlog", NULL, 0, 0, { NULL } },
  { N_ ("Ready for design"), "queue", NULL, 10, 7,
      { N_ ("The brief names audience and message"), N_ ("Channel, format and due date are set") } },
  { N_ ("In design"), "active", N_ ("Designer"), 6, 4,
      { N_ ("Sizes and bleed are right"), N_ ("Text is proof-read"), N_ ("Pictures and fonts are licensed"),
          N_ ("Working file is attached") } },
  { N_ ("Ready for review"), "queue", NULL, 6, 2, { NULL } },
  { N_ ("In review"), "review", N_ ("Brand lead"), 4, 1,
      { N_ ("Brand rules are kept"), N_ ("Claims are approved by legal"), N_ ("Decision is written down") } },
  { N_ ("Ready to publish"), "queue", NULL, 0, 7, { N_ ("Final files are exported") } },
  { N_ ("Published"), "done", NULL, 0, 0, { NULL } },
  { NULL },
};

static const StageSpec newsletter_stages[] = {
  { N_ ("Ideas"), "backlog", NULL, 0, 0, { NULL } },
  { N_ ("Ready to write"), "queue", NULL, 6, 7, { N_ ("The one thing to say is clear") } },
  { N_ ("Writing"), "active", N_ ("Copywriter"), 3, 4,
      { N_ ("Subject line and preview are written"), N_ ("Text is proof-read") } },
  { N_ ("Ready for review"), "queue", NULL, 4, 2, { NULL } },
  { N_ ("In review"), "review", N_ ("Brand lead"), 2, 1,
      { N_ ("Links work"), N_ ("Test mail looks right") } },
  { N_ ("Ready to send"), "queue", NULL, 0, 7, { N_ ("Audience is chosen") } },
  { N_ ("Sent"), "done", NULL, 0, 0, { NULL } },
  { NULL },
};

static const StageSpec blank_stages[] = {
  { N_ ("To do"), "backlog", NULL, 0, 0, { NULL } },
  { N_ ("Doing"), "active", NULL, 0, 0, { NULL } },
  { N_ ("Done"), "done", NULL, 0, 0, { NULL } },
  { NULL },
};

static const Template templates[] = {
  { "social", N_ ("Social team"), N_ ("Posts, stories and reels from the idea to the day they go out"),
      social_stages, social_channels, social_types, few_labels },
  { "campaign", N_ ("Brand campaign"),
      N_ ("One campaign for many channels, with design, review and hand-offs"), campaign_stages, all_channels,
      campaign_types, campaign_labels },
  { "newsletter", N_ ("Newsletter"), N_ ("Issues and articles from the idea to the mailbox"),
      newsletter_stages, mail_channels, mail_types, few_labels },
  { "blank", N_ ("Blank"), N_ ("Three stages and nothing else"), blank_stages, nothing, nothing, nothing },
};

static const Template *
find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (templates); i++)
    {
      if (g_str_equal (templates[i].id, id))
        return &templates[i];
    }
  return NULL;
}

const char *const *
baton_template_list (void)
{
  static const char *ids[G_N_ELEMENTS (templates) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    ids[i] = templates[i].id;
  return ids;
}

const char *
baton_template_name (const char *id)
{
  const Template *template = find (id);

  return template != NULL ? _ (template->name) : NULL;
}

const char *
baton_template_description (const char *id)
{
  const Template *template = find (id);

  return template != NULL ? _ (template->description) : NULL;
}

static gboolean
same_word (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}

const char *
baton_template_find (const char *typed)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      if (same_word (typed, templates[i].id) || same_word (typed, templates[i].name) ||
          same_word (typed, _ (templates[i].name)))
        return templates[i].id;
    }
  return NULL;
}

typedef struct
{
  BatonOp *op;
  const char *board;
  BatonIdFunc make_id;
  gpointer data;
} Maker;

static BatonRow *
add_row (Maker *maker, BatonEntity entity)
{
  g_autofree char *id = maker->make_id (maker->data);

  return baton_op_add_row (maker->op, entity, id);
}

static void
add_stage (Maker *maker, const StageSpec *spec)
{
  BatonRow *stage = add_row (maker, BATON_ENTITY_STAGE);

  baton_row_set_text (stage, BATON_STAGE_BOARD, maker->board);
  baton_row_set_text (stage, BATON_STAGE_NAME, _ (spec->name));
  baton_row_set_text (stage, BATON_STAGE_KIND, spec->kind);
  if (spec->role != NULL)
    baton_row_set_text (stage, BATON_STAGE_ROLE, _ (spec->role));
  if (spec->limit > 0)
    baton_row_set_int (stage, BATON_STAGE_WIP_LIMIT, spec->limit);
  if (spec->age_days > 0)
    baton_row_set_int (stage, BATON_STAGE_AGE_LIMIT, (gint64) spec->age_days * DAY);
  for (guint i = 0; i < G_N_ELEMENTS (spec->done) && spec->done[i] != NULL; i++)
    {
      BatonRow *criterion = add_row (maker, BATON_ENTITY_CRITERION);

      baton_row_set_text (criterion, BATON_CRITERION_STAGE, stage->id);
      baton_row_set_text (criterion, BATON_CRITERION_TEXT, _ (spec->done[i]));
    }
}

static void
add_names (Maker *maker, BatonEntity entity, const NameSpec *specs)
{
  for (const NameSpec *spec = specs; spec->name != NULL; spec++)
    {
      BatonRow *row = add_row (maker, entity);

      baton_row_set_text (row, baton_field_find (entity, "board"), maker->board);
      baton_row_set_text (row, baton_field_find (entity, "name"), _ (spec->name));
      baton_row_set_text (row, baton_field_find (entity, "color"), spec->color);
    }
}

static char *
random_id (gpointer data)
{
  return baton_store_new_id ();
}

BatonOp *
baton_template_make_board_with_ids (const char *id, const char *name, BatonIdFunc make_id, gpointer data)
{
  const Template *template = find (id);
  Maker maker = { NULL, NULL, make_id, data };
  BatonRow *board;

  if (template == NULL)
    return NULL;
  maker.op = baton_op_new (BATON_VERB_BOARD_ADD);
  board = add_row (&maker, BATON_ENTITY_BOARD);
  maker.board = board->id;
  baton_row_set_text (board, BATON_BOARD_NAME, name != NULL ? name : _ (template->name));
  for (const StageSpec *stage = template->stages; stage->name != NULL; stage++)
    add_stage (&maker, stage);
  add_names (&maker, BATON_ENTITY_CHANNEL, template->channels);
  add_names (&maker, BATON_ENTITY_ASSET_TYPE, template->asset_types);
  add_names (&maker, BATON_ENTITY_LABEL, template->labels);
  return maker.op;
}

BatonOp *
baton_template_make_board (const char *id, const char *name)
{
  return baton_template_make_board_with_ids (id, name, random_id, NULL);
}
