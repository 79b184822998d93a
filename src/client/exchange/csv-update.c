/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-private.h"

/* Three values are compared: what the file says, what the card has, and what the last import left. What
 * changed in the file comes in where nobody changed it here; what changed on both sides stays as it is here,
 * and is told with its line. */

typedef struct
{
  Csv *csv;
  const BatonRow *card;
  BatonOp *set; /* card.set, made when it is needed */
  guint changes;
} Update;

static BatonOp *
new_op (Update *self, BatonVerb verb)
{
  self->changes++;
  return baton_import_plan_op (self->csv->plan, verb, self->csv->now, self->csv->options->person);
}

static const BatonValue *
base_of (Update *self, const char *id, BatonField field)
{
  return imported_value (self->csv->imported, self->csv->board, self->card->id, id, field);
}

/* Whether a value of the file that differs from the one here comes in. same: the file says what the last
 * import left. */
static gboolean
comes_in (Update *self, gboolean same, const BatonValue *base, const BatonValue *mine)
{
  if (same)
    self->csv->own++;
  else if (!imported_same (base, mine))
    csv_note_line (self->csv, LINES_BOTH);
  else
    return TRUE;
  return FALSE;
}

static const char *
text_of (const BatonValue *value)
{
  return value != NULL && value->kind == BATON_VALUE_TEXT ? value->text : NULL;
}

/* It stands in the plan behind what its values name. */
static BatonOp *
set_op (Update *self)
{
  if (self->set == NULL)
    {
      self->set = baton_op_new (BATON_VERB_CARD_SET);
      baton_op_add_id (self->set, self->card->id);
    }
  return self->set;
}

static void
finish_set (Update *self)
{
  const BatonImportPlan *plan = self->csv->plan;

  if (self->set == NULL)
    return;
  self->set->at = self->csv->now;
  self->set->person = g_strdup (self->csv->options->person);
  self->set->batch = g_strdup (plan->batch);
  g_ptr_array_add (plan->ops, g_steal_pointer (&self->set));
  self->changes++;
}

static void
update_text (Update *self, BatonField field, BatonCsvRole role)
{
  const char *text = csv_role_cell (self->csv, role);
  g_autofree char *clipped = text != NULL ? baton_exchange_clip (field, text) : NULL;
  const BatonValue *mine = baton_row_value (self->card, field);
  BatonValue theirs = baton_value_text (clipped != NULL ? clipped : text);
  const BatonValue *base;

  if (csv_has_role (self->csv, role) && !imported_same (&theirs, mine))
    {
      base = base_of (self, self->card->id, field);
      if (comes_in (self, imported_same (&theirs, base), base, mine))
        {
          baton_op_set_text (set_op (self), field, theirs.kind == BATON_VALUE_TEXT ? theirs.text : NULL);
          if (baton_field_info (field)->merge == BATON_MERGE_THREE_WAY)
            baton_op_set_was (self->set, field, baton_row_text (self->card, field));
        }
    }
  baton_value_clear (&theirs);
}

/* What a cell calls by name. It is made only if it comes in. */
static void
update_name (Update *self, BatonField field, NamesKind kind, const char *name)
{
  CsvNames *names = &self->csv->names;
  const char *mine = baton_row_text (self->card, field);
  const BatonValue *base;
  const char *was;

  if (name == NULL ? mine == NULL : mine != NULL && csv_names_mean (names, kind, name, mine))
    return;
  base = base_of (self, self->card->id, field);
  was = text_of (base);
  if (comes_in (self, name == NULL ? was == NULL : was != NULL && csv_names_mean (names, kind, name, was),
          base, baton_row_value (self->card, field)))
    {
      const char *id = name != NULL ? csv_names_find (names, kind, name, NULL) : NULL;

      baton_op_set_text (set_op (self), field, id);
    }
}

static void
update_named (Update *self, BatonField field, NamesKind kind, BatonCsvRole role)
{
  if (csv_has_role (self->csv, role))
    update_name (self, field, kind, csv_role_cell (self->csv, role));
}

static void
remember_move (Update *self, BatonOp *op, const char *from)
{
  g_autoptr (BatonRow) stage = baton_reader_row (self->csv->reader, BATON_ENTITY_STAGE, from);
  CsvMove move = { op, stage != NULL ? baton_row_int (stage, BATON_STAGE_RANK) : 0 };

  if (self->csv->moves == NULL)
    self->csv->moves = g_array_new (FALSE, FALSE, sizeof (CsvMove));
  g_array_append_val (self->csv->moves, move);
}

/* The last stage first; g_array_sort keeps the order of the file for the rest. */
static int
compare_moves (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const CsvMove *) a)->rank, right = ((const CsvMove *) b)->rank;

  return left > right ? -1 : left < right;
}

void
csv_update_order (Csv *self)
{
  GPtrArray *ops = self->plan->ops;
  g_autoptr (GHashTable) moving = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  guint place = 0, n = 0;

  if (self->moves == NULL)
    return;
  g_array_sort (self->moves, compare_moves);
  for (guint i = 0; i < self->moves->len; i++)
    g_hash_table_add (moving, g_array_index (self->moves, CsvMove, i).op);
  for (guint i = 0; i < ops->len; i++)
    {
      BatonOp *op = g_ptr_array_index (ops, i);

      if (g_hash_table_contains (moving, op))
        continue;
      g_ptr_array_add (others, op);
      /* A stage must be there before cards come into it. */
      if (op->verb == BATON_VERB_STAGE_ADD)
        place = others->len;
    }
  for (guint i = 0; i < place; i++)
    ops->pdata[n++] = others->pdata[i];
  for (guint i = 0; i < self->moves->len; i++)
    ops->pdata[n++] = g_array_index (self->moves, CsvMove, i).op;
  for (guint i = place; i < others->len; i++)
    ops->pdata[n++] = others->pdata[i];
}

/* A row that names no stage says nothing about it. */
static void
update_stage (Update *self)
{
  const char *name = csv_role_cell (self->csv, BATON_CSV_STAGE);
  const char *mine = baton_row_text (self->card, BATON_CARD_STAGE);
  const BatonValue *base;
  const char *to;
  BatonOp *op;

  if (name == NULL || csv_names_mean (&self->csv->names, NAMES_STAGE, name, mine))
    return;
  base = base_of (self, self->card->id, BATON_CARD_STAGE);
  if (!comes_in (self,
          base != NULL && base->kind == BATON_VALUE_TEXT &&
              csv_names_mean (&self->csv->names, NAMES_STAGE, name, base->text),
          base, baton_row_value (self->card, BATON_CARD_STAGE)))
    return;
  to = csv_find_stage (self->csv, name);
  op = new_op (self, BATON_VERB_CARD_MOVE);
  baton_op_add_id (op, self->card->id);
  baton_op_add_from (op, mine);
  baton_op_set_to (op, to);
  remember_move (self, op, mine);
}

static void
link_one (Update *self, BatonOp **op, BatonField field, gboolean add, const char *id)
{
  if (*op == NULL)
    {
      *op = new_op (self, field == BATON_CARD_LABELS ? BATON_VERB_CARD_LABEL : BATON_VERB_CARD_MEMBER);
      baton_op_add_id (*op, self->card->id);
    }
  baton_op_link (*op, field, add, id);
}

/* Of a set, each member is compared for itself, so both sides' changes stand together. */
static void
update_set (Update *self, BatonField field, GPtrArray *ids)
{
  BatonValue theirs = baton_exchange_make_set (ids);
  const char *mine = baton_row_text (self->card, field);
  const char *base = NULL;
  g_auto (GStrv) wanted = baton_set_split (text_of (&theirs));
  g_auto (GStrv) here = baton_set_split (mine);
  BatonOp *op = NULL;

  if (!imported_same (&theirs, baton_row_value (self->card, field)))
    base = text_of (base_of (self, self->card->id, field));
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      if (baton_set_contains (mine, wanted[i]))
        continue;
      if (baton_set_contains (base, wanted[i]))
        self->csv->own++;
      else if (baton_set_size (mine) + i < 500)
        link_one (self, &op, field, TRUE, wanted[i]);
    }
  for (guint i = 0; here[i] != NULL; i++)
    {
      if (baton_set_contains (text_of (&theirs), here[i]))
        continue;
      if (baton_set_contains (base, here[i]))
        link_one (self, &op, field, FALSE, here[i]);
      else
        self->csv->own++;
    }
  baton_value_clear (&theirs);
}

static void
update_people (Update *self)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autofree char *owner = csv_find_owner (self->csv, members);

  if (csv_has_role (self->csv, BATON_CSV_OWNER))
    update_name (self, BATON_CARD_OWNER, NAMES_PERSON, owner);
  else if (!csv_has_role (self->csv, BATON_CSV_MEMBERS))
    return;
  csv_find_names (self->csv, NAMES_PERSON, BATON_CSV_MEMBERS, members);
  update_set (self, BATON_CARD_MEMBERS, members);
}

static void
update_labels (Update *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  if (!csv_has_role (self->csv, BATON_CSV_LABELS))
    return;
  csv_find_names (self->csv, NAMES_LABEL, BATON_CSV_LABELS, labels);
  update_set (self, BATON_CARD_LABELS, labels);
}

static void
update_due (Update *self)
{
  const BatonValue *mine = baton_row_value (self->card, BATON_CARD_DUE);
  const BatonValue *base;
  BatonValue theirs;
  gint64 at = 0;

  if (!csv_has_role (self->csv, BATON_CSV_DUE) ||
      (csv_role_cell (self->csv, BATON_CSV_DUE) != NULL && !csv_date_cell (self->csv, BATON_CSV_DUE, &at)))
    return;
  theirs = baton_value_int (at);
  if (imported_same (&theirs, mine))
    return;
  base = base_of (self, self->card->id, BATON_CARD_DUE);
  if (!comes_in (self, imported_same (&theirs, base), base, mine))
    return;
  if (at == 0)
    baton_op_set_none (set_op (self), BATON_CARD_DUE);
  else
    baton_op_set_int (set_op (self), BATON_CARD_DUE, at);
}

/* Nothing said is normal. */
static const char *
urgency_of (const char *text)
{
  return text != NULL ? text : "normal";
}

static void
update_urgency (Update *self)
{
  const char *text = csv_role_cell (self->csv, BATON_CSV_URGENCY);
  const char *theirs = urgency_of (text != NULL ? csv_urgency_of (text) : NULL);
  const char *mine = urgency_of (baton_row_text (self->card, BATON_CARD_URGENCY));
  const char *base;

  if (text != NULL && csv_urgency_of (text) == NULL)
    csv_note_line (self->csv, LINES_URGENCY);
  if (!csv_has_role (self->csv, BATON_CSV_URGENCY) || g_str_equal (theirs, mine))
    return;
  base = urgency_of (text_of (base_of (self, self->card->id, BATON_CARD_URGENCY)));
  if (g_str_equal (theirs, base))
    self->csv->own++;
  else if (!g_str_equal (mine, base))
    csv_note_line (self->csv, LINES_BOTH);
  else
    baton_op_set_text (set_op (self), BATON_CARD_URGENCY, theirs);
}

static void
update_archived (Update *self)
{
  const char *text = csv_role_cell (self->csv, BATON_CSV_ARCHIVED);
  gint64 at = 0;
  gboolean theirs = text != NULL && (csv_date_cell (self->csv, BATON_CSV_ARCHIVED, &at) || csv_is_yes (text));
  gboolean mine = baton_row_int (self->card, BATON_CARD_ARCHIVED) != 0;
  const BatonValue *base;

  if (!csv_has_role (self->csv, BATON_CSV_ARCHIVED) || theirs == mine)
    return;
  base = base_of (self, self->card->id, BATON_CARD_ARCHIVED);
  if ((base != NULL && base->kind == BATON_VALUE_INT && base->number != 0) == theirs)
    self->csv->own++;
  else
    baton_op_add_id (
        new_op (self, theirs ? BATON_VERB_CARD_ARCHIVE : BATON_VERB_CARD_UNARCHIVE), self->card->id);
}

/* One that was removed only where there is no other. */
static BatonRow *
find_value (GPtrArray *values, const char *field)
{
  BatonRow *found = NULL;

  for (guint i = 0; values != NULL && field != NULL && i < values->len; i++)
    {
      BatonRow *row = g_ptr_array_index (values, i);

      if (g_strcmp0 (baton_row_text (row, BATON_CUSTOM_VALUE_FIELD), field) != 0)
        continue;
      if (baton_row_int (row, BATON_CUSTOM_VALUE_REMOVED) == 0)
        return row;
      found = row;
    }
  return found;
}

static void
add_value (Update *self, const char *field, const char *text)
{
  BatonOp *op = new_op (self, BATON_VERB_CUSTOM_VALUE_ADD);
  BatonRow *row;
  char id[37];

  baton_exchange_make_id (id);
  row = baton_op_add_row (op, BATON_ENTITY_CUSTOM_VALUE, id);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_CARD, self->card->id);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_FIELD, field);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_TEXT, text);
}

static void
update_value (Update *self, GPtrArray *values, const char *field, const char *text)
{
  const BatonRow *row = find_value (values, field);
  gboolean removed = row != NULL && baton_row_int (row, BATON_CUSTOM_VALUE_REMOVED) != 0;
  BatonValue theirs = baton_value_text (baton_exchange_is_blank (text) ? NULL : text);
  BatonValue none = baton_value_none ();
  const BatonValue *mine = row == NULL || removed ? &none : baton_row_value (row, BATON_CUSTOM_VALUE_TEXT);
  const BatonValue *base;

  if (!imported_same (&theirs, mine))
    {
      base = row != NULL ? base_of (self, row->id, BATON_CUSTOM_VALUE_TEXT) : NULL;
      if (!comes_in (self, imported_same (&theirs, base), base, mine))
        ;
      else if (row == NULL || removed)
        add_value (self, field, text);
      else
        {
          BatonOp *op = new_op (self, BATON_VERB_CUSTOM_VALUE_SET);

          baton_op_add_id (op, row->id);
          baton_op_set_text (op, BATON_CUSTOM_VALUE_TEXT, text_of (&theirs));
        }
    }
  baton_value_clear (&theirs);
}

static void
update_values (Update *self)
{
  const GPtrArray *columns = self->csv->csv->columns;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) values = NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      const BatonCsvColumn *column = g_ptr_array_index (columns, i);
      const char *field;

      if (column->role != BATON_CSV_CUSTOM)
        continue;
      if (values == NULL)
        values = baton_reader_rows (self->csv->reader, BATON_ENTITY_CUSTOM_VALUE, BATON_CUSTOM_VALUE_CARD,
            self->card->id, FALSE, NULL);
      field = baton_exchange_is_blank (csv_cell (self->csv, i))
                  ? csv_names_known (&self->csv->names, NAMES_FIELD, csv_field_name (column))
                  : csv_names_find (&self->csv->names, NAMES_FIELD, csv_field_name (column), NULL);
      if (field != NULL && g_hash_table_add (seen, (char *) field))
        update_value (self, values, field, csv_cell (self->csv, i));
    }
}

void
csv_update_card (Csv *csv, const BatonRow *card)
{
  Update self = { .csv = csv, .card = card };

  if (baton_row_int (card, BATON_CARD_REMOVED) != 0)
    {
      csv->binned++;
      return;
    }
  if (csv_is_imported (card))
    {
      update_text (&self, BATON_CARD_TITLE, BATON_CSV_TITLE);
      update_text (&self, BATON_CARD_BRIEF, BATON_CSV_BRIEF);
      update_text (&self, BATON_CARD_NOTES, BATON_CSV_NOTES);
      update_text (&self, BATON_CARD_AUDIENCE, BATON_CSV_AUDIENCE);
      update_named (&self, BATON_CARD_CHANNEL, NAMES_CHANNEL, BATON_CSV_CHANNEL);
      update_named (&self, BATON_CARD_CAMPAIGN, NAMES_CAMPAIGN, BATON_CSV_CAMPAIGN);
      update_named (&self, BATON_CARD_ASSET_TYPE, NAMES_ASSET_TYPE, BATON_CSV_ASSET_TYPE);
      update_people (&self);
      update_due (&self);
      update_urgency (&self);
      finish_set (&self);
      update_labels (&self);
      update_values (&self);
      update_archived (&self);
      update_stage (&self);
    }
  if (self.changes > 0)
    csv->updated++;
  else
    csv->kept++;
}
