/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "codec.h"

#include "baton-error.h"
#include "codec-json.h"
#include "id.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* A reader keeps the first thing that was wrong; later calls then do nothing that matters. */
typedef struct
{
  GError **error;
  gboolean failed;
} Reader;

static void G_GNUC_PRINTF (2, 3) fail (Reader *reader, const char *format, ...)
{
  va_list args;

  if (reader->failed)
    return;
  reader->failed = TRUE;
  va_start (args, format);
  if (reader->error != NULL)
    *reader->error = g_error_new_valist (BATON_ERROR, BATON_ERROR_CODEC, format, args);
  va_end (args);
}

/* A name that a newer Baton may know. */
static void
fail_unknown (Reader *reader, const char *name)
{
  if (!reader->failed)
    g_set_error (reader->error, BATON_ERROR, BATON_ERROR_UNKNOWN, _ ("There is no field “%s”."), name);
  reader->failed = TRUE;
}

static const char *
read_string (Reader *reader, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  if (value == NULL || json_is_null (value))
    return NULL;
  if (!json_is_string (value) || strlen (json_string_value (value)) != json_string_length (value))
    {
      fail (reader, _ ("The operation’s “%s” is not a text."), key);
      return NULL;
    }
  return json_string_value (value);
}

static const char *
read_id (Reader *reader, json_t *object, const char *key)
{
  const char *id = read_string (reader, object, key);

  if (id != NULL && !baton_id_is_valid (id))
    {
      fail (reader, _ ("The operation’s “%s” is not an id."), key);
      return NULL;
    }
  return id;
}

static gint64
read_int (Reader *reader, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  if (value == NULL)
    return 0;
  if (!json_is_integer (value))
    fail (reader, _ ("The operation’s “%s” is not a whole number."), key);
  return json_integer_value (value);
}

/* The array under a key; NULL when there is none. */
static json_t *
read_array (Reader *reader, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  if (value != NULL && !json_is_array (value))
    fail (reader, _ ("The operation’s “%s” is not a list."), key);
  return json_is_array (value) ? value : NULL;
}

static json_t *
read_object (Reader *reader, json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  if (value != NULL && !json_is_object (value))
    fail (reader, _ ("The operation’s “%s” is not an object."), key);
  return json_is_object (value) ? value : NULL;
}

static BatonValue
read_value (Reader *reader, json_t *value, BatonField field)
{
  const BatonFieldInfo *info = baton_field_info (field);
  gboolean number =
      info->type == BATON_TYPE_INT || info->type == BATON_TYPE_BOOL || info->type == BATON_TYPE_TIME;

  if (json_is_null (value))
    return baton_value_none ();
  if (number && json_is_integer (value))
    return baton_value_int (json_integer_value (value));
  if (!number && json_is_string (value) && strlen (json_string_value (value)) == json_string_length (value))
    return baton_value_text (json_string_value (value));
  fail (reader, _ ("“%s” has a value of the wrong kind."), info->name);
  return baton_value_none ();
}

static BatonField
read_field (Reader *reader, BatonEntity entity, const char *name)
{
  BatonField field = name != NULL ? baton_field_find (entity, name) : BATON_FIELD_NONE;

  if (field == BATON_FIELD_NONE)
    fail_unknown (reader, name != NULL ? name : "");
  return field;
}

static void
read_ids (Reader *reader, json_t *object, const char *key, GPtrArray *ids)
{
  json_t *array = read_array (reader, object, key);
  size_t i;
  json_t *value;

  json_array_foreach (array, i, value)
    {
      if (!json_is_string (value) || !baton_id_is_valid (json_string_value (value)))
        {
          fail (reader, _ ("The operation’s “%s” has a member that is not an id."), key);
          return;
        }
      g_ptr_array_add (ids, g_ref_string_new (json_string_value (value)));
    }
}

static void
read_sets (Reader *reader, json_t *object, const char *key, BatonEntity entity, GArray *into)
{
  json_t *sets = read_object (reader, object, key);
  const char *name;
  json_t *value;

  json_object_foreach (sets, name, value)
    {
      BatonSet set = { read_field (reader, entity, name), BATON_VALUE_INIT };

      if (reader->failed)
        return;
      set.value = read_value (reader, value, set.field);
      g_array_append_val (into, set);
    }
}

static void
read_links (Reader *reader, json_t *object, BatonEntity entity, BatonOp *op)
{
  json_t *array = read_array (reader, object, "link");
  size_t i;
  json_t *value;

  json_array_foreach (array, i, value)
    {
      const char *name = json_string_value (json_array_get (value, 0));
      const char *sign = json_string_value (json_array_get (value, 1));
      const char *id = json_string_value (json_array_get (value, 2));
      BatonField field = read_field (reader, entity, name);

      if (reader->failed)
        return;
      if (json_array_size (value) != 3 || (g_strcmp0 (sign, "+") != 0 && g_strcmp0 (sign, "-") != 0) ||
          !baton_id_is_valid (id) || baton_field_info (field)->type != BATON_TYPE_SET)
        {
          fail (reader, _ ("The operation’s “%s” has a wrong member."), "link");
          return;
        }
      baton_op_link (op, field, *sign == '+', id);
    }
}

static void
read_row (Reader *reader, json_t *object, BatonOp *op)
{
  const char *name = read_string (reader, object, "e");
  BatonEntity entity = name != NULL ? baton_entity_find (name) : BATON_ENTITY_NONE;
  const char *id = read_id (reader, object, "id");
  json_t *sets = read_object (reader, object, "set");
  const char *key;
  json_t *value;
  BatonRow *row;

  if (name == NULL || id == NULL)
    fail (reader, _ ("The operation’s “%s” has a wrong member."), "rows");
  else if (entity == BATON_ENTITY_NONE)
    fail_unknown (reader, name);
  if (reader->failed)
    return;
  row = baton_op_add_row (op, entity, id);
  baton_op_place_row (op, read_id (reader, object, "before"), read_id (reader, object, "after"));
  json_object_foreach (sets, key, value)
    {
      BatonField field = read_field (reader, entity, key);

      if (reader->failed)
        return;
      baton_row_take (row, field, read_value (reader, value, field));
    }
}

static BatonChange *
read_change (Reader *reader, json_t *array)
{
  gboolean created = g_strcmp0 (json_string_value (json_array_get (array, 0)), "+") == 0;
  guint at = created ? 1 : 0;
  const char *name = json_string_value (json_array_get (array, at));
  const char *id = json_string_value (json_array_get (array, at + 1));
  BatonEntity entity = name != NULL ? baton_entity_find (name) : BATON_ENTITY_NONE;
  g_autoptr (BatonChange) change = NULL;

  if (name != NULL && entity == BATON_ENTITY_NONE)
    {
      fail_unknown (reader, name);
      return NULL;
    }
  if (name == NULL || !baton_id_is_valid (id) || json_array_size (array) != (created ? 3 : 5))
    {
      fail (reader, _ ("The operation’s “%s” has a wrong member."), "changes");
      return NULL;
    }
  change = g_new0 (BatonChange, 1);
  change->entity = entity;
  change->id = g_ref_string_new (id);
  change->created = created;
  change->field = BATON_FIELD_NONE;
  if (!created)
    {
      change->field = read_field (reader, entity, json_string_value (json_array_get (array, 2)));
      if (reader->failed)
        return NULL;
      change->before = read_value (reader, json_array_get (array, 3), change->field);
      change->after = read_value (reader, json_array_get (array, 4), change->field);
    }
  return g_steal_pointer (&change);
}

static BatonEffect *
read_effect (Reader *reader, json_t *array)
{
  g_autoptr (BatonEffect) effect = baton_effect_new ();
  size_t i;
  json_t *value;

  if (!json_is_array (array))
    {
      fail (reader, _ ("The operation’s “%s” is not a list."), "changes");
      return NULL;
    }
  json_array_foreach (array, i, value)
    {
      BatonChange *change = read_change (reader, value);

      if (change == NULL)
        return NULL;
      g_ptr_array_add (effect->changes, change);
    }
  return g_steal_pointer (&effect);
}

static void
read_targets (Reader *reader, json_t *object, BatonOp *op)
{
  json_t *array = read_array (reader, object, "targets");
  size_t i;
  json_t *value;

  json_array_foreach (array, i, value)
    {
      if (!json_is_string (value))
        fail (reader, _ ("The operation’s “%s” has a wrong member."), "targets");
      else
        g_ptr_array_add (op->targets, g_strdup (json_string_value (value)));
    }
}

static void
read_values (Reader *reader, json_t *object, BatonOp *op)
{
  BatonEntity entity = baton_verb_info (op->verb)->entity;
  json_t *rows = read_array (reader, object, "rows");
  size_t i;
  json_t *value;

  read_ids (reader, object, "ids", op->ids);
  read_ids (reader, object, "from", op->from);
  baton_op_set_to (op, read_id (reader, object, "to"));
  baton_op_set_place (op, read_id (reader, object, "before"), read_id (reader, object, "after"));
  read_sets (reader, object, "set", entity, op->sets);
  read_sets (reader, object, "was", entity, op->was);
  read_links (reader, object, entity, op);
  json_array_foreach (rows, i, value)
    read_row (reader, value, op);
  read_targets (reader, object, op);
  if (json_object_get (object, "changes") != NULL)
    op->changes = read_effect (reader, json_object_get (object, "changes"));
}

static void
read_envelope (Reader *reader, json_t *object, BatonOp *op)
{
  op->device = g_strdup (read_id (reader, object, "dev"));
  op->number = read_int (reader, object, "n");
  op->person = g_strdup (read_id (reader, object, "person"));
  op->at = read_int (reader, object, "at");
  op->boot = read_int (reader, object, "boot");
  op->base = read_int (reader, object, "base");
  op->batch = g_strdup (read_id (reader, object, "batch"));
}

static json_t *
load (const char *text, gssize length, GError **error)
{
  json_error_t problem;
  json_t *root =
      json_loadb (text, length < 0 ? strlen (text) : (size_t) length, JSON_REJECT_DUPLICATES, &problem);
  g_autofree char *reason = NULL;

  if (root != NULL)
    return root;
  /* The reason quotes what it met, which need not be text. */
  reason = g_utf8_make_valid (problem.text, -1);
  g_set_error (error, BATON_ERROR, BATON_ERROR_CODEC, _ ("This is not valid JSON (line %d: %s)."),
      problem.line, reason);
  return NULL;
}

static char *
whole (const char *text, gssize length)
{
  return g_strndup (text, length < 0 ? strlen (text) : (gsize) length);
}

static char *
dump (json_t *root)
{
  char *text = json_dumps (root, JSON_COMPACT);
  char *copy = g_strdup (text);

  free (text);
  return copy;
}

/* The operation of a newer Baton that has a verb of ours but speaks of things that we do not know. */
static void
become_unknown (BatonOp *op, const char *text, gssize length)
{
  BatonOp *empty = baton_op_new (BATON_VERB_UNKNOWN);
  BatonOp known;

  empty->device = g_steal_pointer (&op->device);
  empty->number = op->number;
  empty->person = g_steal_pointer (&op->person);
  empty->at = op->at;
  empty->boot = op->boot;
  empty->base = op->base;
  empty->batch = g_steal_pointer (&op->batch);
  empty->unknown_verb = g_strdup (baton_verb_info (op->verb)->name);
  empty->unknown_text = whole (text, length);
  /* The caller keeps its pointer. */
  known = *op;
  *op = *empty;
  *empty = known;
  baton_op_free (empty);
}

static BatonOp *
read_root (json_t *root, const char *text, gssize length, GError **error)
{
  g_autoptr (BatonOp) op = NULL;
  Reader reader = { error, FALSE };
  const char *verb;

  if (json_object_get (root, "v") != NULL && read_int (&reader, root, "v") != BATON_OP_VERSION)
    fail (&reader, "%s", _ ("This operation is of another version of the format."));
  verb = read_string (&reader, root, "verb");
  if (verb == NULL)
    fail (&reader, "%s", _ ("An operation without a verb cannot be read."));
  if (reader.failed)
    return NULL;

  op = baton_op_new (baton_verb_find (verb));
  read_envelope (&reader, root, op);
  if (op->verb == BATON_VERB_UNKNOWN)
    {
      op->unknown_verb = g_strdup (verb);
      op->unknown_text = text != NULL ? whole (text, length) : dump (root);
    }
  else
    read_values (&reader, root, op);
  return reader.failed ? NULL : g_steal_pointer (&op);
}

/* What speaks of things that only a newer Baton knows, as an operation of an unknown verb. */
static BatonOp *
keep_root (json_t *root)
{
  g_autofree char *text = dump (root);
  Reader reader = { NULL, FALSE };
  BatonOp *op = baton_op_new (baton_verb_find (read_string (&reader, root, "verb")));

  read_envelope (&reader, root, op);
  become_unknown (op, text, -1);
  return op;
}

BatonOp *
baton_op_read_json (json_t *root, GError **error)
{
  g_autoptr (GError) local = NULL;
  BatonOp *op = read_root (root, NULL, 0, &local);

  if (op != NULL)
    return op;
  if (g_error_matches (local, BATON_ERROR, BATON_ERROR_UNKNOWN))
    return keep_root (root);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

BatonOp *
baton_op_read_kept (const char *text, gssize length, GError **error)
{
  g_autoptr (json_t) root = load (text, length, error);

  return root != NULL ? baton_op_read_json (root, error) : NULL;
}

BatonOp *
baton_op_read (const char *text, gssize length, GError **error)
{
  g_autoptr (json_t) root = load (text, length, error);
  g_autoptr (GError) local = NULL;
  BatonOp *op;

  if (root == NULL)
    return NULL;
  op = read_root (root, text, length, &local);
  if (op != NULL)
    return op;
  if (local->code == BATON_ERROR_UNKNOWN)
    local->code = BATON_ERROR_CODEC;
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
baton_op_read_values (BatonOp *op, const char *text, gssize length, GError **error)
{
  g_autoptr (json_t) root = NULL;
  g_autoptr (GError) local = NULL;
  Reader reader = { &local, FALSE };

  if (op->verb == BATON_VERB_UNKNOWN)
    {
      op->unknown_text = whole (text, length);
      return TRUE;
    }
  root = load (text, length, error);
  if (root == NULL)
    return FALSE;
  if (!json_is_object (root))
    fail (&reader, "%s", _ ("The values of an operation must be an object."));
  read_values (&reader, root, op);
  if (!reader.failed)
    return TRUE;
  if (!g_error_matches (local, BATON_ERROR, BATON_ERROR_UNKNOWN))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  become_unknown (op, text, length);
  return TRUE;
}

BatonEffect *
baton_effect_read (const char *text, gssize length, GError **error)
{
  g_autoptr (json_t) root = load (text, length, error);
  Reader reader = { error, FALSE };

  return root != NULL ? read_effect (&reader, root) : NULL;
}
