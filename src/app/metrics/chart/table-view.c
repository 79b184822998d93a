/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "table-view.h"

/* A row is only its number; what stands in it is asked of the table. */
#define BATON_TYPE_TABLE_ROW (baton_table_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonTableRow, baton_table_row, BATON, TABLE_ROW, GObject)

struct _BatonTableRow
{
  GObject parent_instance;
  guint row;
};

G_DEFINE_FINAL_TYPE (BatonTableRow, baton_table_row, G_TYPE_OBJECT)

static void
baton_table_row_class_init (BatonTableRowClass *klass)
{
}

static void
baton_table_row_init (BatonTableRow *self)
{
}

#define BATON_TYPE_TABLE_ROWS (baton_table_rows_get_type ())
G_DECLARE_FINAL_TYPE (BatonTableRows, baton_table_rows, BATON, TABLE_ROWS, GObject)

struct _BatonTableRows
{
  GObject parent_instance;
  BatonTable *table;
};

static GType
rows_get_item_type (GListModel *model)
{
  return BATON_TYPE_TABLE_ROW;
}

static guint
rows_get_n_items (GListModel *model)
{
  return baton_table_n_rows (BATON_TABLE_ROWS (model)->table);
}

static gpointer
rows_get_item (GListModel *model, guint position)
{
  BatonTableRow *row;

  if (position >= rows_get_n_items (model))
    return NULL;
  row = g_object_new (BATON_TYPE_TABLE_ROW, NULL);
  row->row = position;
  return row;
}

static void
rows_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rows_get_item_type;
  iface->get_n_items = rows_get_n_items;
  iface->get_item = rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonTableRows, baton_table_rows, G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rows_iface_init))

static void
baton_table_rows_finalize (GObject *object)
{
  g_clear_pointer (&BATON_TABLE_ROWS (object)->table, baton_table_unref);
  G_OBJECT_CLASS (baton_table_rows_parent_class)->finalize (object);
}

static void
baton_table_rows_class_init (BatonTableRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_table_rows_finalize;
}

static void
baton_table_rows_init (BatonTableRows *self)
{
}

typedef struct
{
  BatonTable *table;
  guint column;
} Place;

static void
place_free (gpointer data, GClosure *closure)
{
  baton_table_unref (((Place *) data)->table);
  g_free (data);
}

static void
place_free_one (gpointer data)
{
  place_free (data, NULL);
}

static Place *
place_new (BatonTable *table, guint column)
{
  Place *place = g_new (Place, 1);

  place->table = baton_table_ref (table);
  place->column = column;
  return place;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Place *place)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (
      GTK_LABEL (label), baton_table_kind (place->table, place->column) == BATON_CELL_TEXT ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Place *place)
{
  BatonTableRow *row = gtk_list_item_get_item (item);
  g_autofree char *text = baton_table_cell (place->table, row->row, place->column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Place *place = data;

  return baton_table_compare (
      place->table, place->column, ((const BatonTableRow *) a)->row, ((const BatonTableRow *) b)->row);
}

static void
add_column (GtkColumnView *view, BatonTable *table, guint i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare, place_new (table, i), place_free_one));

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), place_new (table, i), place_free, 0);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), place_new (table, i), place_free, 0);
  column = gtk_column_view_column_new (baton_table_title (table, i), factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, i == 0);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_append_column (view, column);
  g_object_unref (column);
}

GtkWidget *
baton_table_view_new (BatonTable *table)
{
  BatonTableRows *rows = g_object_new (BATON_TYPE_TABLE_ROWS, NULL);
  GtkWidget *view = gtk_column_view_new (NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSorter *sorter = g_object_ref (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (view)));
  g_autoptr (GtkSelectionModel) selection = NULL;

  rows->table = baton_table_ref (table);
  for (guint i = 0; i < baton_table_n_columns (table); i++)
    add_column (GTK_COLUMN_VIEW (view), table, i);
  selection = GTK_SELECTION_MODEL (
      gtk_no_selection_new (G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (rows), sorter))));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), selection);
  gtk_widget_add_css_class (view, "data-table");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (
      GTK_SCROLLED_WINDOW (scrolled), (int) MIN (260, 40 + 34 * MAX (1, baton_table_n_rows (table))));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  return scrolled;
}
