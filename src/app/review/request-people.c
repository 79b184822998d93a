/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "request-people.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *id;
  char *key;   /* the name without the case of its letters */
  guint asked; /* how often */
  BatonItem *item;
  GtkWidget *row;
  GtkCheckButton *tick;
} Person;

struct _BatonRequestPeople
{
  GObject parent_instance;

  GArray *people;      /* Person, in the order of the rows */
  GtkEditable *search; /* NULL when all are seen */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonRequestPeople, baton_request_people, G_TYPE_OBJECT)

static Person *
person_at (BatonRequestPeople *self, guint i)
{
  return &g_array_index (self->people, Person, i);
}

static void
person_clear (gpointer data)
{
  Person *person = data;

  g_free (person->id);
  g_free (person->key);
  g_object_unref (person->item);
}

/* How often everybody was asked: id → number. */
static GHashTable *
count_requests (BatonWorkspace *workspace)
{
  GHashTable *asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) reviews = baton_reader_rows (
      baton_workspace_reader (workspace), BATON_ENTITY_REVIEW, BATON_FIELD_NONE, NULL, TRUE, NULL);

  for (guint i = 0; reviews != NULL && i < reviews->len; i++)
    {
      g_auto (GStrv) people =
          baton_set_split (baton_row_text (g_ptr_array_index (reviews, i), BATON_REVIEW_REVIEWERS));

      for (guint j = 0; people != NULL && people[j] != NULL; j++)
        g_hash_table_insert (asked, g_strdup (people[j]),
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (asked, people[j])) + 1));
    }
  return asked;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Person *one = a, *other = b;

  if (one->asked != other->asked)
    return one->asked > other->asked ? -1 : 1;
  return g_utf8_collate (one->key, other->key);
}

static void
read_people (BatonRequestPeople *self, BatonWorkspace *workspace)
{
  BatonColumn *column = baton_workspace_list (workspace, BATON_ENTITY_PERSON, NULL);
  g_autoptr (GHashTable) asked = count_requests (workspace);

  for (guint i = 0; i < baton_column_size (column); i++)
    {
      BatonItem *item = baton_column_peek (column, i);
      const char *name = baton_item_text (item, BATON_PERSON_NAME);
      Person person = { .id = g_strdup (baton_item_id (item)),
        .key = g_utf8_casefold (name != NULL ? name : "", -1),
        .asked = GPOINTER_TO_UINT (g_hash_table_lookup (asked, baton_item_id (item))),
        .item = g_object_ref (item) };

      g_array_append_val (self->people, person);
    }
  g_array_sort (self->people, compare);
}

static void
update (BatonRequestPeople *self)
{
  g_autofree char *wanted =
      self->search != NULL ? g_utf8_casefold (gtk_editable_get_text (self->search), -1) : NULL;

  for (guint i = 0; i < self->people->len; i++)
    {
      Person *person = person_at (self, i);
      gboolean seen =
          wanted == NULL || gtk_check_button_get_active (person->tick) ||
          (*wanted != '\0' ? strstr (person->key, wanted) != NULL : i < BATON_REQUEST_PEOPLE_SEEN);

      gtk_widget_set_visible (person->row, seen);
    }
}

static void
toggled_cb (BatonRequestPeople *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_person (BatonRequestPeople *self, AdwPreferencesGroup *group, Person *person)
{
  const char *role = baton_item_text (person->item, BATON_PERSON_ROLE);

  person->row = adw_action_row_new ();
  person->tick = GTK_CHECK_BUTTON (gtk_check_button_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (person->row), FALSE);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (person->row), baton_item_text (person->item, BATON_PERSON_NAME));
  if (role != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (person->row), role);
  gtk_widget_set_valign (GTK_WIDGET (person->tick), GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (person->row), GTK_WIDGET (person->tick));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (person->row), GTK_WIDGET (person->tick));
  g_signal_connect_object (person->tick, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, person->row);
}

static void
add_search (BatonRequestPeople *self, AdwPreferencesGroup *group)
{
  GtkWidget *search = gtk_search_entry_new (), *row = adw_preferences_row_new ();
  g_autofree char *words = g_strdup_printf (
      ngettext ("Find among %u person", "Find among %u people", self->people->len), self->people->len);

  g_object_set (search, "placeholder-text", words, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_margin_top (search, 6);
  gtk_widget_set_margin_bottom (search, 6);
  gtk_widget_set_margin_start (search, 6);
  gtk_widget_set_margin_end (search, 6);
  g_signal_connect_object (search, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* A row, because what is no row comes after all rows. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), search);
  adw_preferences_group_add (group, row);
  self->search = GTK_EDITABLE (search);
}

static void
baton_request_people_finalize (GObject *object)
{
  g_array_unref (BATON_REQUEST_PEOPLE (object)->people);
  G_OBJECT_CLASS (baton_request_people_parent_class)->finalize (object);
}

static void
baton_request_people_class_init (BatonRequestPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_request_people_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_request_people_init (BatonRequestPeople *self)
{
  self->people = g_array_new (FALSE, FALSE, sizeof (Person));
  g_array_set_clear_func (self->people, person_clear);
}

BatonRequestPeople *
baton_request_people_new (BatonWorkspace *workspace, AdwPreferencesGroup *group)
{
  BatonRequestPeople *self = g_object_new (BATON_TYPE_REQUEST_PEOPLE, NULL);

  read_people (self, workspace);
  /* One or two more are seen sooner than they are searched. */
  if (self->people->len > BATON_REQUEST_PEOPLE_SEEN + 2)
    add_search (self, group);
  for (guint i = 0; i < self->people->len; i++)
    add_person (self, group, person_at (self, i));
  update (self);
  return self;
}

GPtrArray *
baton_request_people_chosen (BatonRequestPeople *self)
{
  GPtrArray *chosen = g_ptr_array_new ();

  g_return_val_if_fail (BATON_IS_REQUEST_PEOPLE (self), chosen);
  for (guint i = 0; i < self->people->len; i++)
    {
      if (gtk_check_button_get_active (person_at (self, i)->tick))
        g_ptr_array_add (chosen, person_at (self, i)->id);
    }
  return chosen;
}

void
baton_request_people_choose (BatonRequestPeople *self, const char *person, gboolean on)
{
  g_return_if_fail (BATON_IS_REQUEST_PEOPLE (self));
  for (guint i = 0; i < self->people->len; i++)
    {
      if (g_str_equal (person_at (self, i)->id, person))
        gtk_check_button_set_active (person_at (self, i)->tick, on);
    }
  update (self);
}
