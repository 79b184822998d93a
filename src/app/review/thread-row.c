/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "thread-row.h"

struct _BatonThreadRow
{
  GtkListBoxRow parent_instance;

  BatonThreadView *view;
};

G_DEFINE_FINAL_TYPE (BatonThreadRow, baton_thread_row, GTK_TYPE_LIST_BOX_ROW)

void
baton_thread_row_update (BatonThreadRow *self, const BatonThread *thread, const BatonRow *shown)
{
  baton_thread_view_update (self->view, thread, shown);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, baton_thread_view_name (self->view), -1);
  if (thread->resolved)
    gtk_widget_add_css_class (GTK_WIDGET (self), "resolved");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "resolved");
}

const char *
baton_thread_row_comment (BatonThreadRow *self)
{
  return baton_thread_view_comment (self->view);
}

BatonThreadView *
baton_thread_row_view (BatonThreadRow *self)
{
  return self->view;
}

static void
finished_cb (BatonThreadView *view, gboolean said, BatonThreadRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
baton_thread_row_class_init (BatonThreadRowClass *klass)
{
}

static void
baton_thread_row_init (BatonThreadRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "thread");
}

GtkWidget *
baton_thread_row_new (BatonReviewModel *model, const BatonThread *thread, BatonNotice *notice)
{
  BatonThreadRow *self = g_object_new (BATON_TYPE_THREAD_ROW, NULL);

  self->view = BATON_THREAD_VIEW (baton_thread_view_new (model, thread->comment->id, notice, FALSE));
  g_signal_connect (self->view, "finished", G_CALLBACK (finished_cb), self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->view));
  return GTK_WIDGET (self);
}
