/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-private.h"

#include "csv-dates.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRESS_EVERY 500
#define MOST_LINES_TOLD 10

void
csv_note_line (Csv *self, LinesKind kind)
{
  Lines *lines = &self->lines[kind];

  lines->count++;
  if (lines->count <= MOST_LINES_TOLD)
    g_string_append_printf (lines->lines, "%s%u", lines->count > 1 ? ", " : "", self->line);
  else if (lines->count == MOST_LINES_TOLD + 1)
    g_string_append (lines->lines, ", …");
}

static BatonOp *
new_op (Csv *self, BatonVerb verb, gint64 at)
{
  return baton_import_plan_op (self->plan, verb, at, self->options->person);
}

const char *
csv_cell (Csv *self, guint index)
{
  return index < self->n_cells ? ((GString *) g_ptr_array_index (self->cells, index))->str : "";
}

static guint
column_of (Csv *self, BatonCsvRole role)
{
  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      if (((BatonCsvColumn *) g_ptr_array_index (self->csv->columns, i))->role == role)
        return i;
    }
  return G_MAXUINT;
}

gboolean
csv_has_role (Csv *self, BatonCsvRole role)
{
  return column_of (self, role) != G_MAXUINT;
}

/* The cell of a role, or NULL when there is none or nothing is in it. */
const char *
csv_role_cell (Csv *self, BatonCsvRole role)
{
  guint column = column_of (self, role);
  const char *text = column != G_MAXUINT ? csv_cell (self, column) : NULL;

  return baton_exchange_is_blank (text) || csv_is_nothing (text, role) ? NULL : text;
}

/* The names of the columns once more, as tables have them that are in groups. */
static gboolean
repeats_header (const Csv *self, const GPtrArray *cells, guint n_cells)
{
  const GPtrArray *columns = self->csv->columns;
  guint named = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = ((const BatonCsvColumn *) g_ptr_array_index (columns, i))->name;
      const char *cell = i < n_cells ? ((const GString *) g_ptr_array_index (cells, i))->str : "";

      if (*cell != '\0' && g_strcmp0 (name, cell) != 0)
        return FALSE;
      named += *cell != '\0';
    }
  return named > 2;
}

static guint
count_filled (const GPtrArray *cells, guint n_cells)
{
  guint filled = 0;

  for (guint i = 0; i < n_cells; i++)
    filled += !baton_exchange_is_blank (((const GString *) g_ptr_array_index (cells, i))->str);
  return filled;
}

/* A row of one cell with the names of the columns behind it is the heading of a group. */
static gboolean
is_heading (const Csv *self, const BatonCsvParser *parser)
{
  g_autoptr (GPtrArray) cells = NULL;
  BatonCsvParser ahead = *parser;
  guint n_cells, line, filled = 0;

  if (count_filled (self->cells, self->n_cells) != 1)
    return FALSE;
  cells = baton_csv_cells_new ();
  while (filled == 0 && baton_csv_parser_next (&ahead, cells, &n_cells, &line, NULL))
    filled = count_filled (cells, n_cells);
  return filled > 2 && repeats_header (self, cells, n_cells);
}

static gboolean
next_row (Csv *self, BatonCsvParser *parser, GError **error)
{
  while (baton_csv_parser_next (parser, self->cells, &self->n_cells, &self->line, error))
    {
      if (!self->csv->format.header ||
          (!repeats_header (self, self->cells, self->n_cells) && !is_heading (self, parser)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
start_rows (Csv *self, BatonCsvParser *parser, GError **error)
{
  baton_csv_parser_start (parser, self->csv);
  return !self->csv->format.header ||
         baton_csv_parser_next (parser, self->cells, &self->n_cells, &self->line, error);
}

/* Tables are often sorted so that what is done comes first; on a board it stands behind, and a card without a
 * stage does not begin there. */
static void
done_last (GPtrArray *names)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint done = 0; done < 2; done++)
    {
      for (guint i = 0; i < names->len; i++)
        {
          gboolean is_done =
              g_strcmp0 (baton_exchange_stage_kind (g_ptr_array_index (names, i)), "done") == 0;

          if (is_done == (done > 0))
            g_ptr_array_add (sorted, g_ptr_array_index (names, i));
        }
    }
  for (guint i = 0; i < names->len; i++)
    names->pdata[i] = sorted->pdata[i];
}

/* A board's stages are made before its cards, so that their kinds can be proposed from all of them. */
static gboolean
make_stages (Csv *self, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree const char **kinds = NULL;
  BatonCsvParser parser;
  GError *local = NULL;

  if (start_rows (self, &parser, &local))
    {
      while (next_row (self, &parser, &local))
        {
          const char *name = csv_role_cell (self, BATON_CSV_STAGE);
          g_autofree char *key = name != NULL ? csv_fold (name) : NULL;

          if (key == NULL || g_hash_table_contains (self->names.kinds[NAMES_STAGE].ids, key) ||
              g_hash_table_contains (seen, key))
            continue;
          g_hash_table_add (seen, g_steal_pointer (&key));
          g_ptr_array_add (found, g_strdup (name));
        }
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (found->len == 0 && self->names.first_stage == NULL)
    {
      g_ptr_array_add (found, g_strdup (_ ("To do")));
      g_ptr_array_add (found, g_strdup (_ ("Doing")));
      g_ptr_array_add (found, g_strdup (_ ("Done")));
    }
  if (self->into == NULL)
    done_last (found);
  kinds = g_new0 (const char *, found->len + 1);
  if (self->into == NULL)
    baton_exchange_stage_kinds ((const char *const *) found->pdata, found->len, kinds);
  for (guint i = 0; i < found->len; i++)
    {
      const char *own = baton_exchange_stage_kind (g_ptr_array_index (found, i));

      csv_names_find (&self->names, NAMES_STAGE, g_ptr_array_index (found, i),
          kinds[i] != NULL ? kinds[i]
          : own != NULL    ? own
                           : "queue");
    }
  return TRUE;
}

static void
set_text (Csv *self, BatonRow *row, BatonField field, BatonCsvRole role)
{
  const char *text = csv_role_cell (self, role);
  g_autofree char *clipped = text != NULL ? baton_exchange_clip (field, text) : NULL;

  if (clipped != NULL)
    csv_note_line (self, LINES_CLIPPED);
  baton_row_set_text (row, field, clipped != NULL ? clipped : text);
}

/* An update makes only the stages that it needs. */
const char *
csv_find_stage (Csv *self, const char *name)
{
  const char *own = baton_exchange_stage_kind (name);

  return csv_names_find (&self->names, NAMES_STAGE, name, own != NULL ? own : "queue");
}

static void
set_stage (Csv *self, BatonRow *row)
{
  const char *name = csv_role_cell (self, BATON_CSV_STAGE);

  baton_row_set_text (
      row, BATON_CARD_STAGE, name != NULL ? csv_find_stage (self, name) : self->names.first_stage);
}

static void
set_name (Csv *self, BatonRow *row, BatonField field, NamesKind kind, BatonCsvRole role)
{
  const char *name = csv_role_cell (self, role);

  if (name != NULL)
    baton_row_set_text (row, field, csv_names_find (&self->names, kind, name, NULL));
}

char *
csv_find_owner (Csv *self, GPtrArray *members)
{
  const char *text = csv_role_cell (self, BATON_CSV_OWNER);
  g_auto (GStrv) names = text != NULL ? csv_split_owners (text) : NULL;
  char *owner = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (baton_exchange_is_blank (names[i]))
        continue;
      if (owner == NULL)
        owner = g_strdup (names[i]);
      else
        g_ptr_array_add (members, (char *) csv_names_find (&self->names, NAMES_PERSON, names[i], NULL));
    }
  return owner;
}

static void
set_owner (Csv *self, BatonRow *row, GPtrArray *members)
{
  g_autofree char *owner = csv_find_owner (self, members);

  if (owner != NULL)
    baton_row_set_text (row, BATON_CARD_OWNER, csv_names_find (&self->names, NAMES_PERSON, owner, NULL));
}

/* Names separated by commas, semicolons or line ends. */
void
csv_find_names (Csv *self, NamesKind kind, BatonCsvRole role, GPtrArray *ids)
{
  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      const BatonCsvColumn *column = g_ptr_array_index (self->csv->columns, i);
      g_auto (GStrv) names = column->role == role && !csv_is_nothing (csv_cell (self, i), role)
                                 ? csv_split_names (csv_cell (self, i))
                                 : NULL;

      for (guint j = 0; names != NULL && names[j] != NULL && ids->len < 500; j++)
        {
          if (!baton_exchange_is_blank (names[j]))
            g_ptr_array_add (ids, (char *) csv_names_find (&self->names, kind, names[j], NULL));
        }
    }
}

/* ids: those that belong to them already. */
static void
set_names (Csv *self, BatonRow *row, BatonField field, NamesKind kind, BatonCsvRole role, GPtrArray *ids)
{
  BatonValue set;

  csv_find_names (self, kind, role, ids);
  set = baton_exchange_make_set (ids);
  baton_row_take (row, field, set);
}

gboolean
csv_date_cell (Csv *self, BatonCsvRole role, gint64 *at)
{
  const char *text = csv_role_cell (self, role);

  if (text == NULL)
    return FALSE;
  if (csv_date_moment (text, self->csv->format.dates, role == BATON_CSV_DUE, at) && *at > 0)
    return TRUE;
  if (role != BATON_CSV_ARCHIVED)
    csv_note_line (self, LINES_DATE);
  return FALSE;
}

static void
set_urgency (Csv *self, BatonRow *row)
{
  const char *text = csv_role_cell (self, BATON_CSV_URGENCY);
  const char *urgency = text != NULL ? csv_urgency_of (text) : NULL;

  if (text != NULL && urgency == NULL)
    csv_note_line (self, LINES_URGENCY);
  baton_row_set_text (row, BATON_CARD_URGENCY, urgency);
}

const char *
csv_field_name (const BatonCsvColumn *column)
{
  return column->field != NULL ? column->field : column->name;
}

static void
add_custom_values (Csv *self, BatonOp *op, const char *card)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      const BatonCsvColumn *column = g_ptr_array_index (self->csv->columns, i);
      const char *field;
      char id[37];
      BatonRow *row;

      if (column->role != BATON_CSV_CUSTOM || baton_exchange_is_blank (csv_cell (self, i)))
        continue;
      field = csv_names_find (&self->names, NAMES_FIELD, csv_field_name (column), NULL);
      if (!g_hash_table_add (seen, (char *) field))
        continue;
      baton_exchange_make_id (id);
      row = baton_op_add_row (op, BATON_ENTITY_CUSTOM_VALUE, id);
      baton_row_set_text (row, BATON_CUSTOM_VALUE_CARD, card);
      baton_row_set_text (row, BATON_CUSTOM_VALUE_FIELD, field);
      baton_row_set_text (row, BATON_CUSTOM_VALUE_TEXT, csv_cell (self, i));
    }
}

static void
fill_card (Csv *self, BatonRow *row)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  gint64 due;

  set_text (self, row, BATON_CARD_TITLE, BATON_CSV_TITLE);
  set_text (self, row, BATON_CARD_BRIEF, BATON_CSV_BRIEF);
  set_text (self, row, BATON_CARD_NOTES, BATON_CSV_NOTES);
  set_text (self, row, BATON_CARD_AUDIENCE, BATON_CSV_AUDIENCE);
  set_stage (self, row);
  set_owner (self, row, members);
  set_name (self, row, BATON_CARD_CHANNEL, NAMES_CHANNEL, BATON_CSV_CHANNEL);
  set_name (self, row, BATON_CARD_CAMPAIGN, NAMES_CAMPAIGN, BATON_CSV_CAMPAIGN);
  set_name (self, row, BATON_CARD_ASSET_TYPE, NAMES_ASSET_TYPE, BATON_CSV_ASSET_TYPE);
  set_names (self, row, BATON_CARD_MEMBERS, NAMES_PERSON, BATON_CSV_MEMBERS, members);
  set_names (self, row, BATON_CARD_LABELS, NAMES_LABEL, BATON_CSV_LABELS, labels);
  set_urgency (self, row);
  if (csv_date_cell (self, BATON_CSV_DUE, &due))
    baton_row_set_int (row, BATON_CARD_DUE, due);
}

static void
archive_card (Csv *self, const char *card, gint64 created)
{
  const char *text = csv_role_cell (self, BATON_CSV_ARCHIVED);
  gint64 at = self->now;

  if (text != NULL && (csv_date_cell (self, BATON_CSV_ARCHIVED, &at) || csv_is_yes (text)))
    baton_op_add_id (new_op (self, BATON_VERB_CARD_ARCHIVE, MAX (at, created)), card);
}

static gboolean
is_blank_row (Csv *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      if (!baton_exchange_is_blank (csv_cell (self, i)))
        return FALSE;
    }
  return TRUE;
}

/* What the card names is made before it, so the operation is put into the plan when it is complete. */
static void
add_card (Csv *self)
{
  BatonOp *op;
  BatonRow *row;
  g_autofree char *key = NULL;
  g_autoptr (BatonRow) known = NULL;
  gint64 created = self->now;
  char id[37];

  if (is_blank_row (self))
    return;
  if (csv_role_cell (self, BATON_CSV_TITLE) == NULL)
    {
      csv_note_line (self, LINES_UNTITLED);
      return;
    }
  key = csv_key (self->csv, self->cells, self->n_cells);
  known = self->known != NULL ? csv_known_take (self->known, key) : NULL;
  if (known != NULL)
    {
      csv_update_card (self, known);
      return;
    }
  if (self->n_cells > self->csv->columns->len)
    csv_note_line (self, LINES_WIDE);
  csv_date_cell (self, BATON_CSV_CREATED, &created);
  op = baton_op_new (BATON_VERB_CARD_ADD);
  op->at = created;
  op->person = g_strdup (self->options->person);
  op->batch = g_strdup (self->plan->batch);
  baton_exchange_make_id (id);
  row = baton_op_add_row (op, BATON_ENTITY_CARD, id);
  fill_card (self, row);
  baton_row_set_text (row, BATON_CARD_SOURCE, key);
  add_custom_values (self, op, id);
  g_ptr_array_add (self->plan->ops, op);
  self->cards++;
  archive_card (self, id, created);
}

static gboolean
add_cards (Csv *self, GError **error)
{
  BatonCsvParser parser;
  GError *local = NULL;
  guint rows = 0;
  gboolean more = start_rows (self, &parser, &local);

  while (more && next_row (self, &parser, &local))
    {
      guint done = (guint) ((parser.at - parser.start) / 1024);

      if (rows++ % PROGRESS_EVERY == 0 && baton_exchange_cancelled (self->options, self->cancellable, done,
                                              (guint) (self->csv->length / 1024), error))
        return FALSE;
      add_card (self);
    }
  if (local == NULL)
    {
      csv_update_order (self);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
open_board (Csv *self, GError **error)
{
  g_autoptr (BatonRow) board = NULL;
  g_autofree char *source = NULL;
  BatonRow *row;

  if (self->into == NULL)
    {
      baton_exchange_make_id (self->board);
      row =
          baton_op_add_row (new_op (self, BATON_VERB_BOARD_ADD, self->now), BATON_ENTITY_BOARD, self->board);
      self->plan->name =
          g_strdup (baton_exchange_is_blank (self->target->board_name) ? _ ("Imported board")
                                                                       : self->target->board_name);
      source = csv_board_source (self->plan->name);
      baton_row_set_text (row, BATON_BOARD_NAME, self->plan->name);
      baton_row_set_text (row, BATON_BOARD_SOURCE, source);
      return TRUE;
    }
  board = baton_reader_row (self->reader, BATON_ENTITY_BOARD, self->into);
  if (board == NULL || baton_row_int (board, BATON_BOARD_REMOVED) != 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
          _ ("The board to import into is not here any more. Nothing was imported."));
      return FALSE;
    }
  memcpy (self->board, board->id, sizeof self->board);
  self->plan->name = g_strdup (baton_row_text (board, BATON_BOARD_NAME));
  return TRUE;
}

static void
summarize (Csv *self)
{
  static const char *const made[N_NAMES] = { N_ ("stages"), N_ ("people"), N_ ("channels"), N_ ("campaigns"),
    N_ ("asset types"), N_ ("labels"), N_ ("custom fields") };
  static const struct
  {
    const char *what;
    const char *reason;
  } told[N_LINES] = {
    [LINES_UNTITLED] = { N_ ("rows without a title"),
        N_ ("A card needs one, so these lines were left out: %s.") },
    [LINES_DATE] = { N_ ("dates that cannot be read"), N_ ("They were left out, in these lines: %s.") },
    [LINES_URGENCY] = { N_ ("urgencies that Baton does not know"),
        N_ ("They became “normal”, in these lines: %s.") },
    [LINES_WIDE] = { N_ ("rows with more cells than columns"),
        N_ ("What is beyond the last column was left out, in these lines: %s.") },
    [LINES_CLIPPED] = { N_ ("texts too long"), N_ ("They were cut, in these lines: %s.") },
    [LINES_BOTH] = { N_ ("values changed in the file and in Baton since"),
        N_ ("They were kept as they are here; the file has others in these lines: %s.") },
  };

  baton_import_plan_note (self->plan, self->cards, _ ("cards"), NULL);
  baton_import_plan_note (self->plan, self->updated, _ ("cards brought up to date"), NULL);
  baton_import_plan_note (self->plan, self->kept, _ ("cards that are here already"),
      _ ("Nothing of them changed in the file, so they were left as they are here."));
  baton_import_plan_note (self->plan, self->own, _ ("values changed in Baton since"),
      _ ("They did not change in the file, so they were kept as they are here."));
  baton_import_plan_note (self->plan, self->binned, _ ("cards in the bin"), _ ("They were left alone."));
  for (guint i = 0; i < N_NAMES; i++)
    baton_import_plan_note (self->plan, self->names.kinds[i].made, _ (made[i]), NULL);
  for (guint i = 0; i < N_LINES; i++)
    {
      g_auto (GStrv) halves = g_strsplit (_ (told[i].reason), "%s", 2);
      g_autofree char *reason = g_strjoinv (self->lines[i].lines->str, halves);

      baton_import_plan_note (self->plan, self->lines[i].count, _ (told[i].what), reason);
    }
}

/* A table of this name became a board before: it has to be said what this one shall become. */
static gboolean
is_here_already (Csv *self)
{
  g_autofree char *source = NULL;
  g_autoptr (BatonRow) board = NULL;

  if (self->into != NULL || self->options->mode == BATON_IMPORT_AGAIN ||
      baton_exchange_is_blank (self->target->board_name))
    return FALSE;
  source = csv_board_source (self->target->board_name);
  board = baton_reader_by_source (self->reader, BATON_ENTITY_BOARD, source);
  if (board == NULL)
    return FALSE;
  self->plan->existing = g_strdup (board->id);
  self->into = self->plan->existing;
  if (self->options->mode == BATON_IMPORT_UPDATE)
    return FALSE;
  self->plan->name = g_strdup (baton_row_text (board, BATON_BOARD_NAME));
  self->plan->board = g_strdup (board->id);
  return TRUE;
}

static gboolean
make_plan (Csv *self, GError **error)
{
  if (column_of (self, BATON_CSV_TITLE) == G_MAXUINT)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("No column is the title of the cards. Choose one. Nothing was imported."));
      return FALSE;
    }
  if (is_here_already (self))
    return TRUE;
  if (!open_board (self, error))
    return FALSE;
  if (self->into != NULL && self->options->mode == BATON_IMPORT_UPDATE)
    {
      self->known = csv_known_new (self->reader, self->into, error);
      if (self->known == NULL)
        return FALSE;
      self->imported = imported_new (self->reader);
    }
  self->plan->board = g_strdup (self->board);
  self->names.board = self->board;
  self->names.person = self->options->person;
  self->names.now = self->now;
  if (!csv_names_load (&self->names, self->reader, self->into == NULL, error))
    return FALSE;
  if (self->known != NULL && !csv_names_load_were (&self->names, self->reader, error))
    return FALSE;
  if ((self->known == NULL || self->names.first_stage == NULL) && !make_stages (self, error))
    return FALSE;
  if (!add_cards (self, error))
    return FALSE;
  if (self->cards + self->kept + self->updated + self->binned == 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The file has no row with a title, so there is no card in it. Nothing was imported."));
      return FALSE;
    }
  summarize (self);
  return TRUE;
}

BatonImportPlan *
baton_exchange_plan_csv (BatonCsvFile *csv, const BatonCsvTarget *target, BatonReader *reader,
    const BatonImportOptions *options, GCancellable *cancellable, GError **error)
{
  static const BatonImportOptions default_options = { BATON_IMPORT_ASK };
  static const BatonCsvTarget default_target = { NULL };
  g_autoptr (BatonImportPlan) plan = baton_import_plan_new ();
  Csv self = { .csv = csv,
    .target = target != NULL ? target : &default_target,
    .reader = reader,
    .options = options != NULL ? options : &default_options,
    .cancellable = cancellable,
    .plan = plan };
  gboolean ok;

  g_return_val_if_fail (csv != NULL && reader != NULL, NULL);
  self.into = self.target->board;
  plan->mode = self.options->mode;
  self.now = self.options->now != 0 ? self.options->now : g_get_real_time ();
  self.cells = baton_csv_cells_new ();
  csv_names_init (&self.names, plan);
  for (guint i = 0; i < N_LINES; i++)
    self.lines[i].lines = g_string_new (NULL);
  ok = make_plan (&self, error);
  for (guint i = 0; i < N_LINES; i++)
    g_string_free (self.lines[i].lines, TRUE);
  csv_names_clear (&self.names);
  g_clear_pointer (&self.known, csv_known_free);
  g_clear_pointer (&self.imported, imported_free);
  g_clear_pointer (&self.moves, g_array_unref);
  g_ptr_array_unref (self.cells);
  return ok ? g_steal_pointer (&plan) : NULL;
}
