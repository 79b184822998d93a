/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "presence-row.h"

#include "person-face.h"
#include "presence.h"

#include <glib/gi18n.h>

#define MOST_FACES 3

struct _BatonPresenceRow
{
  GtkWidget parent_instance;

  BatonWorkspace *workspace;
  BatonPresence *presence;
  char *card;
  int size;
};

G_DEFINE_FINAL_TYPE (BatonPresenceRow, baton_presence_row, GTK_TYPE_WIDGET)

static const char *
name_of (BatonWorkspace *workspace, const char *person)
{
  return baton_workspace_name_of (workspace, BATON_ENTITY_PERSON, person, _ ("Somebody new"));
}

char *
baton_presence_words (BatonWorkspace *workspace, const char *card)
{
  GPtrArray *people = baton_presence_on (baton_workspace_presence (workspace), card);
  g_autoptr (GString) names = g_string_new (NULL);

  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "", name_of (workspace, g_ptr_array_index (people, i)));
  return g_strdup_printf (
      ngettext ("%s looks at this card now", "%s look at this card now", people->len), names->str);
}

static void
clear (BatonPresenceRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
refresh (BatonPresenceRow *self)
{
  GPtrArray *people = self->card != NULL ? baton_presence_on (self->presence, self->card) : NULL;
  guint faces = people != NULL ? MIN (people->len, MOST_FACES) : 0;
  g_autofree char *words = people != NULL ? baton_presence_words (self->workspace, self->card) : NULL;

  clear (self);
  for (guint i = 0; i < faces; i++)
    {
      const char *person = g_ptr_array_index (people, i);
      GtkWidget *face = baton_person_face_new (self->size);

      baton_person_face_set (BATON_PERSON_FACE (face),
          baton_workspace_lookup (self->workspace, BATON_ENTITY_PERSON, person),
          name_of (self->workspace, person));
      gtk_widget_set_parent (face, GTK_WIDGET (self));
    }
  if (faces > 0 && people->len > faces)
    {
      g_autofree char *more = g_strdup_printf ("+%u", people->len - faces);
      GtkWidget *label = gtk_label_new (more);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_set_parent (label, GTK_WIDGET (self));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), faces > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words != NULL ? words : "", -1);
}

static void
changed_cb (BatonPresence *presence, const char *card, BatonPresenceRow *self)
{
  if (g_strcmp0 (card, self->card) == 0)
    refresh (self);
}

static void
let_go (BatonPresenceRow *self)
{
  if (self->presence != NULL)
    g_signal_handlers_disconnect_by_data (self->presence, self);
  g_clear_object (&self->presence);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->card, g_free);
}

void
baton_presence_row_set_card (BatonPresenceRow *self, BatonWorkspace *workspace, const char *card)
{
  g_return_if_fail (BATON_IS_PRESENCE_ROW (self));
  let_go (self);
  if (card != NULL)
    {
      self->workspace = g_object_ref (workspace);
      self->presence = g_object_ref (baton_workspace_presence (workspace));
      self->card = g_strdup (card);
      g_signal_connect (self->presence, "changed", G_CALLBACK (changed_cb), self);
    }
  refresh (self);
}

static void
baton_presence_row_dispose (GObject *object)
{
  let_go (BATON_PRESENCE_ROW (object));
  clear (BATON_PRESENCE_ROW (object));
  G_OBJECT_CLASS (baton_presence_row_parent_class)->dispose (object);
}

static void
baton_presence_row_class_init (BatonPresenceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_presence_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "presence");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
baton_presence_row_init (BatonPresenceRow *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 3);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
baton_presence_row_new (int size)
{
  BatonPresenceRow *self = g_object_new (BATON_TYPE_PRESENCE_ROW, NULL);

  self->size = size;
  return GTK_WIDGET (self);
}
