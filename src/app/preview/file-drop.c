/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "file-drop.h"

typedef struct
{
  BatonFilesFunc func;
  gpointer data;
} Drop;

static GPtrArray *
paths_of (const GValue *value)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

/* Who is left by a drop is only told with the next one: what lies around the place where files fell would
 * look as if they were still held above it. */
static void
let_go (GtkWidget *widget)
{
  for (GtkWidget *w = widget; w != NULL; w = gtk_widget_get_parent (w))
    {
      gtk_widget_remove_css_class (w, "file-drop");
      gtk_widget_unset_state_flags (w, GTK_STATE_FLAG_DROP_ACTIVE);
    }
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, Drop *drop)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autoptr (GPtrArray) paths = paths_of (value);

  let_go (widget);
  if (paths->len == 0)
    return FALSE;
  drop->func (widget, paths, drop->data);
  return TRUE;
}

static GdkDragAction
enter_cb (GtkDropTarget *target, double x, double y, gpointer data)
{
  gtk_widget_add_css_class (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), "file-drop");
  return GDK_ACTION_COPY;
}

static void
leave_cb (GtkDropTarget *target, gpointer data)
{
  gtk_widget_remove_css_class (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), "file-drop");
}

static void
drop_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
baton_file_drop_add (GtkWidget *widget, BatonFilesFunc func, gpointer data)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  Drop *drop = g_new (Drop, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget) && func != NULL);
  *drop = (Drop){ func, data };
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), drop, drop_free, 0);
  g_signal_connect (target, "enter", G_CALLBACK (enter_cb), NULL);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

typedef struct
{
  GtkWidget *widget; /* weak */
  BatonPasteFunc func;
  gpointer data;
} Paste;

static void
paste_done (Paste *paste, GPtrArray *paths, GBytes *bytes)
{
  if (paste->widget != NULL && (paths != NULL || bytes != NULL))
    paste->func (paste->widget, paths, bytes, paste->data);
  g_clear_weak_pointer (&paste->widget);
  g_free (paste);
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GPtrArray) paths = value != NULL ? paths_of (value) : NULL;

  paste_done (data, paths != NULL && paths->len > 0 ? paths : NULL, NULL);
}

static void
texture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) bytes = texture != NULL ? gdk_texture_save_to_png_bytes (texture) : NULL;

  paste_done (data, NULL, bytes);
}

gboolean
baton_file_paste (GtkWidget *widget, BatonPasteFunc func, gpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
                   gdk_content_formats_contain_mime_type (formats, "text/uri-list");
  gboolean texture = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ||
                     gdk_content_formats_contain_mime_type (formats, "image/png");
  Paste *paste;

  if (!files && !texture)
    return FALSE;
  paste = g_new0 (Paste, 1);
  paste->func = func;
  paste->data = data;
  g_set_weak_pointer (&paste->widget, widget);
  if (files)
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_cb, paste);
  else
    gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, paste);
  return TRUE;
}
