/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "markdown-view.h"

#include "markdown.h"
#include "text-direction.h"

#include <glib/gi18n.h>

struct _BatonMarkdownView
{
  GtkBox parent_instance;
  char *text;
  gboolean markdown;
  gboolean whole; /* somebody asked for all of it */
  gboolean selectable;
};

G_DEFINE_FINAL_TYPE (BatonMarkdownView, baton_markdown_view, GTK_TYPE_BOX)

static void rebuild (BatonMarkdownView *self);

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (label));

  if (baton_markdown_is_safe_uri (uri))
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
  return TRUE;
}

static GtkWidget *
new_label (BatonMarkdownView *self, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "wrap", TRUE, "wrap-mode",
      PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "hexpand", TRUE, "selectable", self->selectable, NULL);

  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), NULL);
  return label;
}

static GtkWidget *
block_label (BatonMarkdownView *self, const BatonBlock *block)
{
  static const char *const styles[] = { "title-4", "heading", "heading", "caption-heading", "caption-heading",
    "caption-heading" };
  gboolean heading = block->kind == BATON_BLOCK_HEADING;
  GtkWidget *label = new_label (self, heading ? GTK_ACCESSIBLE_ROLE_HEADING : GTK_ACCESSIBLE_ROLE_LABEL);

  gtk_label_set_markup (GTK_LABEL (label), block->markup->str);
  baton_follow_text (
      label, block->kind == BATON_BLOCK_CODE ? "code" : gtk_label_get_text (GTK_LABEL (label)));
  if (heading)
    {
      gtk_widget_add_css_class (label, styles[CLAMP (block->level, 1, 6) - 1]);
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, (int) MIN (block->level + 2, 6), -1);
    }
  if (block->kind == BATON_BLOCK_CODE)
    {
      gtk_widget_add_css_class (label, "monospace");
      gtk_widget_add_css_class (label, "code-block");
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
    }
  return label;
}

static const char *
block_text (GtkWidget *content)
{
  return GTK_IS_LABEL (content) ? gtk_label_get_text (GTK_LABEL (content)) : NULL;
}

static void
add_block (BatonMarkdownView *self, const BatonBlock *block)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *content = block->kind == BATON_BLOCK_RULE ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL)
                                                       : block_label (self, block);

  for (guint i = 0; i < block->quotes; i++)
    {
      GtkWidget *bar = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

      gtk_widget_add_css_class (bar, "quote-bar");
      gtk_box_append (GTK_BOX (row), bar);
    }
  if (block->depth > 0)
    {
      GtkWidget *marker = gtk_label_new (block->marker != NULL ? block->marker : "");

      /* The marker sits at the end of an indent that grows with the depth. */
      gtk_widget_set_size_request (marker, 18 * (int) block->depth - 4, -1);
      gtk_label_set_xalign (GTK_LABEL (marker), 1);
      gtk_label_set_yalign (GTK_LABEL (marker), 0);
      gtk_widget_add_css_class (marker, "dim-label");
      gtk_box_append (GTK_BOX (row), marker);
      baton_follow_text (marker, block_text (content));
    }
  gtk_box_append (GTK_BOX (row), content);
  /* What marks a list or a quotation stands where its words begin. */
  baton_follow_text (row, block_text (content));
  if (block->kind == BATON_BLOCK_RULE)
    gtk_widget_set_hexpand (content, TRUE);
  gtk_widget_add_css_class (row, "block");
  gtk_box_append (GTK_BOX (self), row);
}

/* The beginning of a text, cut where a character ends, at the end of a line if one is near. */
static char *
beginning (const char *text, gsize length, gsize most)
{
  const char *end = text + most;
  g_autofree char *cut = NULL;
  char *line;

  if (length <= most)
    return g_strdup (text);
  while (end > text && ((guchar) *end & 0xc0) == 0x80)
    end--;
  cut = g_strndup (text, (gsize) (end - text));
  line = strrchr (cut, '\n');
  if (line != NULL && (gsize) (line - cut) > most / 2)
    *line = '\0';
  return g_strconcat (cut, "…", NULL);
}

static void
show_all_cb (GtkButton *button, BatonMarkdownView *self)
{
  self->whole = TRUE;
  rebuild (self);
}

static void
add_show_all (BatonMarkdownView *self)
{
  glong characters = g_utf8_strlen (self->text, -1);
  g_autofree char *label = g_strdup_printf (
      ngettext ("Show all (%'ld character)", "Show all (%'ld characters)", (gulong) characters), characters);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  g_signal_connect (button, "clicked", G_CALLBACK (show_all_cb), self);
  gtk_box_append (GTK_BOX (self), button);
}

/* One label shapes its text as a whole, again for every width that it is asked about, and that costs more
 * than twice as much for twice the text: so a very long text is laid out in pieces. */
#define PIECE 1000 /* bytes */

/* Where the piece that begins here ends: behind a space if there is one in its second half, else where a
 * character ends. */
static const char *
piece_end (const char *text, gsize length)
{
  const char *end = text + MIN (length, PIECE);

  if (length <= PIECE)
    return end;
  for (const char *space = end; space > text + PIECE / 2; space--)
    {
      if (space[-1] == ' ' || space[-1] == '\n')
        return space;
    }
  while (end > text && ((guchar) *end & 0xc0) == 0x80)
    end--;
  return end > text ? end : text + length;
}

static void
add_plain (BatonMarkdownView *self, const char *text)
{
  gsize length = strlen (text);

  do
    {
      const char *end = piece_end (text, length);
      g_autofree char *piece = g_strndup (text, (gsize) (end - text));
      GtkWidget *label = new_label (self, GTK_ACCESSIBLE_ROLE_LABEL);

      gtk_label_set_text (GTK_LABEL (label), piece);
      baton_follow_text (label, piece);
      gtk_box_append (GTK_BOX (self), label);
      length -= (gsize) (end - text);
      text = end;
    }
  while (length > 0);
}

static void
rebuild (BatonMarkdownView *self)
{
  gsize length = strlen (self->text);
  gsize most = self->markdown ? BATON_MARKDOWN_SHOWN : BATON_PLAIN_SHOWN;
  g_autofree char *shown = self->whole ? g_strdup (self->text) : beginning (self->text, length, most);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  if (self->markdown)
    {
      g_autoptr (GPtrArray) blocks = baton_markdown_blocks (shown);

      for (guint i = 0; i < blocks->len; i++)
        add_block (self, g_ptr_array_index (blocks, i));
    }
  else
    add_plain (self, shown);
  if (length > most && !self->whole)
    add_show_all (self);
}

static void
set_text (BatonMarkdownView *self, const char *text, gboolean markdown)
{
  if (g_strcmp0 (self->text, text) == 0 && self->markdown == markdown)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  self->markdown = markdown;
  rebuild (self);
}

void
baton_markdown_view_set_markdown (BatonMarkdownView *self, const char *source)
{
  set_text (self, source, TRUE);
}

void
baton_markdown_view_set_plain (BatonMarkdownView *self, const char *text)
{
  set_text (self, text, FALSE);
}

void
baton_markdown_view_set_selectable (BatonMarkdownView *self, gboolean selectable)
{
  self->selectable = selectable;
  if (self->text != NULL)
    rebuild (self);
}

static void
baton_markdown_view_finalize (GObject *object)
{
  g_free (BATON_MARKDOWN_VIEW (object)->text);
  G_OBJECT_CLASS (baton_markdown_view_parent_class)->finalize (object);
}

static void
baton_markdown_view_class_init (BatonMarkdownViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_markdown_view_finalize;
}

static void
baton_markdown_view_init (BatonMarkdownView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "markdown");
}

GtkWidget *
baton_markdown_view_new (void)
{
  return g_object_new (BATON_TYPE_MARKDOWN_VIEW, NULL);
}
