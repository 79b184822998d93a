/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "team-dialog.h"

#include "button-names.h"
#include "change.h"
#include "permits.h"
#include "sharing.h"
#include "team-rows.h"

#include <glib/gi18n.h>

#define BATON_TYPE_TEAM_DIALOG (baton_team_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonTeamDialog, baton_team_dialog, BATON, TEAM_DIALOG, AdwWindow)

struct _BatonTeamDialog
{
  AdwWindow parent_instance;

  BatonWindow *window;       /* borrowed: it is the transient parent */
  BatonWorkspace *workspace; /* the one that the dialog is about */
  BatonRoster *roster;       /* read last; NULL before */
  GCancellable *cancellable;
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkSpinner *spinner;
  GtkWidget *notice; /* what went wrong while the page is shown */
  GtkLabel *notice_words;
  AdwPreferencesGroup *members, *invitations, *devices;
  GPtrArray *rows; /* borrowed: what the groups hold */
  guint asking;
};

G_DEFINE_FINAL_TYPE (BatonTeamDialog, baton_team_dialog, ADW_TYPE_WINDOW)

static const BatonServerAccess *
access_of (BatonTeamDialog *self)
{
  BatonSharing *sharing = baton_workspace_sharing (self->workspace);

  return sharing != NULL ? baton_sharing_access (sharing) : NULL;
}

static void wish (
    GtkWidget *near, BatonRosterAct act, const char *id, BatonRole role, const char *name, gpointer data);

static void
add (BatonTeamDialog *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear (BatonTeamDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* Rows are made anew with every answer; whoever works by the keyboard stays where they were: in the row that
 * is called the same, on the control of the same kind. */
typedef struct
{
  char *row;
  GType control;
} Focus;

static void
remember_focus (BatonTeamDialog *self, Focus *focus)
{
  GtkWidget *widget = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *row = widget != NULL ? gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW) : NULL;
  GtkWidget *list = widget != NULL ? gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN) : NULL;

  *focus = (Focus){ 0 };
  if (row == NULL)
    return;
  focus->row = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  focus->control = list != NULL ? GTK_TYPE_DROP_DOWN : G_OBJECT_TYPE (widget);
}

static GtkWidget *
find_control (GtkWidget *below, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (below, type) ? below : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_control (child, type);
  return found;
}

static void
restore_focus (BatonTeamDialog *self, const Focus *focus)
{
  for (guint i = 0; focus->row != NULL && i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *control =
          g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), focus->row) == 0
              ? find_control (row, focus->control)
              : NULL;

      if (control != NULL && gtk_widget_child_focus (control, GTK_DIR_TAB_FORWARD))
        return;
    }
  if (focus->row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->members), GTK_DIR_TAB_FORWARD);
}

static void
fill (BatonTeamDialog *self)
{
  const BatonRoster *roster = self->roster;
  BatonTeamAsk ask = { wish, self };
  Focus focus;
  g_autofree char *role = g_strdup_printf (
      _ ("Your role: %s. %s."), baton_role_title (roster->role), baton_role_words (roster->role));

  remember_focus (self, &focus);
  clear (self);
  adw_preferences_group_set_description (self->members, role);
  for (guint i = 0; i < roster->members->len; i++)
    {
      const BatonRosterMember *member = g_ptr_array_index (roster->members, i);

      add (self, self->members,
          baton_team_member_row (roster, member,
              baton_workspace_name_of (self->workspace, BATON_ENTITY_PERSON, member->person, NULL), &ask));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->invitations), roster->invitations != NULL);
  if (roster->link != NULL)
    add (self, self->invitations, baton_team_link_row (roster->link));
  if (roster->invitations != NULL)
    add (self, self->invitations, baton_team_invite_row (roster->role, &ask));
  for (guint i = 0; roster->invitations != NULL && i < roster->invitations->len; i++)
    add (self, self->invitations,
        baton_team_invitation_row (roster, g_ptr_array_index (roster->invitations, i), &ask));
  for (guint i = 0; i < roster->devices->len; i++)
    add (self, self->devices, baton_team_device_row (g_ptr_array_index (roster->devices, i), &ask));
  gtk_stack_set_visible_child_name (self->stack, "page");
  restore_focus (self, &focus);
  g_free (focus.row);
}

/* In words where the person is looking: over the page that is there, or in its place. */
static void
tell_problem (BatonTeamDialog *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words != NULL ? words : "", -1);

  gtk_widget_set_visible (self->notice, words != NULL && self->roster != NULL);
  gtk_label_set_label (self->notice_words, words != NULL ? words : "");
  if (words == NULL || self->roster != NULL)
    return;
  adw_status_page_set_description (self->problem, escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

typedef struct
{
  BatonTeamDialog *dialog;
  char *done; /* what is said afterwards, or NULL */
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->dialog);
  g_free (asking->done);
  g_free (asking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asking) asking = data;
  BatonTeamDialog *self = asking->dialog;
  g_autoptr (GError) error = NULL;
  BatonRoster *roster = baton_roster_ask_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&roster, baton_roster_free);
      return;
    }
  if (--self->asking == 0)
    gtk_spinner_stop (self->spinner);
  if (roster != NULL)
    {
      g_clear_pointer (&self->roster, baton_roster_free);
      self->roster = roster;
      baton_workspace_take_role (self->workspace, roster->role);
    }
  tell_problem (self, error != NULL ? error->message : NULL);
  /* After a refusal the controls show again what is. */
  if (self->roster != NULL)
    fill (self);
  if (roster != NULL && asking->done != NULL)
    baton_change_toast (GTK_WIDGET (self->members), asking->done);
}

static void
ask (BatonTeamDialog *self, BatonRosterAct act, const char *id, BatonRole role, const char *done)
{
  const BatonServerAccess *access = access_of (self);
  Asking *asking;

  if (access == NULL)
    {
      tell_problem (self, _ ("This device is signed out. Sign in to see who belongs to the team."));
      return;
    }
  asking = g_new0 (Asking, 1);
  asking->dialog = g_object_ref (self);
  asking->done = g_strdup (done);
  self->asking++;
  gtk_spinner_start (self->spinner);
  baton_roster_ask_async (access, act, id, role, self->cancellable, asked_cb, asking);
}

static void
again_cb (BatonTeamDialog *self)
{
  tell_problem (self, NULL);
  if (self->roster == NULL)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  ask (self, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, NULL);
}

/* Questions before what cannot be taken back. */

typedef struct
{
  BatonTeamDialog *dialog; /* borrowed: the question is its child */
  BatonRosterAct act;
  char *id;
  char *done;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_free (question->id);
  g_free (question->done);
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *message, const char *response, Question *question)
{
  if (g_str_equal (response, "go"))
    ask (question->dialog, question->act, question->id, BATON_ROLE_NONE, question->done);
}

static void
question (BatonTeamDialog *self, BatonRosterAct act, const char *id, const char *name)
{
  gboolean person = act == BATON_ROSTER_REMOVE;
  g_autofree char *heading = g_strdup_printf (person ? _ ("Remove %s?") : _ ("Sign out %s?"), name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Question *asked = g_new0 (Question, 1);

  adw_message_dialog_set_body (message,
      person
          ? _ ("All of their devices are signed out within seconds. What they did stays, and what they have "
               "not sent yet stays on their devices. A new invitation lets them in again.")
          : _ ("It is signed out within seconds. What it has not sent yet stays on it and is sent when "
               "somebody signs in there again."));
  adw_message_dialog_add_responses (
      message, "cancel", _ ("_Cancel"), "go", person ? _ ("_Remove") : _ ("_Sign out"), NULL);
  adw_message_dialog_set_response_appearance (message, "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (message, "cancel");
  asked->dialog = self;
  asked->act = act;
  asked->id = g_strdup (id);
  asked->done = g_strdup_printf (
      person ? _ ("%s does not belong to the team any more.") : _ ("%s is signed out."), name);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), asked, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
wish (GtkWidget *near, BatonRosterAct act, const char *id, BatonRole role, const char *name, gpointer data)
{
  BatonTeamDialog *self = data;
  g_autofree char *done = NULL;

  if (act == BATON_ROSTER_REMOVE || act == BATON_ROSTER_REVOKE)
    {
      question (self, act, id, name);
      return;
    }
  if (act == BATON_ROSTER_SET_ROLE)
    done = g_strdup_printf (_ ("The role of %s is now: %s."), name, baton_role_title (role));
  ask (self, act, id, role, act == BATON_ROSTER_WITHDRAW ? _ ("The invitation is withdrawn.") : done);
}

static void
sign_out_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *window = GTK_WIDGET (BATON_TEAM_DIALOG (widget)->window);

  gtk_window_close (GTK_WINDOW (widget));
  gtk_widget_activate_action (window, "win.sign-out", NULL);
}

static void
baton_team_dialog_dispose (GObject *object)
{
  BatonTeamDialog *self = BATON_TEAM_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_team_dialog_parent_class)->dispose (object);
}

static void
baton_team_dialog_finalize (GObject *object)
{
  BatonTeamDialog *self = BATON_TEAM_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->roster, baton_roster_free);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (baton_team_dialog_parent_class)->finalize (object);
}

static void
baton_team_dialog_class_init (BatonTeamDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_team_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_team_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "team.sign-out", NULL, sign_out_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_again_button (BatonTeamDialog *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Try again"));

  baton_name_buttons (button);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (again_cb), self);
  return button;
}

static GtkWidget *
new_problem (BatonTeamDialog *self)
{
  GtkWidget *page = adw_status_page_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *out, *again;

  self->problem = ADW_STATUS_PAGE (page);
  adw_status_page_set_icon_name (self->problem, "network-offline-symbolic");
  adw_status_page_set_title (self->problem, _ ("The team cannot be shown"));
  again = new_again_button (self);
  gtk_widget_add_css_class (again, "pill");
  out = gtk_button_new_with_label (_ ("Sign out this device…"));
  gtk_widget_add_css_class (out, "flat");
  gtk_widget_set_halign (out, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (out), "team.sign-out");
  gtk_box_append (GTK_BOX (box), again);
  gtk_box_append (GTK_BOX (box), out);
  adw_status_page_set_child (self->problem, box);
  return page;
}

static GtkWidget *
new_notice (BatonTeamDialog *self)
{
  self->notice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->notice_words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->notice_words, TRUE);
  gtk_label_set_xalign (self->notice_words, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->notice_words), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->notice_words), "error");
  gtk_box_append (GTK_BOX (self->notice), GTK_WIDGET (self->notice_words));
  gtk_box_append (GTK_BOX (self->notice), new_again_button (self));
  gtk_widget_set_margin_top (self->notice, 12);
  gtk_widget_set_margin_start (self->notice, 18);
  gtk_widget_set_margin_end (self->notice, 18);
  gtk_widget_set_visible (self->notice, FALSE);
  return self->notice;
}

static AdwPreferencesGroup *
add_group (GtkWidget *page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
  return group;
}

static GtkWidget *
new_page (BatonTeamDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *page = adw_preferences_page_new ();

  self->members = add_group (page, _ ("Members"));
  self->invitations = add_group (page, _ ("Invitations"));
  self->devices = add_group (page, _ ("My devices"));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), new_notice (self));
  gtk_box_append (GTK_BOX (box), page);
  return box;
}

static void
baton_team_dialog_init (BatonTeamDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();
  GtkWidget *loading = adw_status_page_new (), *toasts = adw_toast_overlay_new ();

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), GTK_WIDGET (self->spinner));
  adw_status_page_set_title (ADW_STATUS_PAGE (loading), _ ("Asking the server…"));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, loading, "loading");
  gtk_stack_add_named (self->stack, new_problem (self), "problem");
  gtk_stack_add_named (self->stack, new_page (self), "page");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), toasts);
  adw_window_set_content (ADW_WINDOW (self), box);
}

void
baton_team_dialog_present (BatonWindow *window)
{
  BatonTeamDialog *self = g_object_new (BATON_TYPE_TEAM_DIALOG, "transient-for", window, "modal", TRUE,
      "title", _ ("Team"), "default-width", 600, "default-height", 560, NULL);

  self->window = window;
  self->workspace = g_object_ref (baton_window_workspace (window));
  gtk_window_present (GTK_WINDOW (self));
  ask (self, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, NULL);
}
