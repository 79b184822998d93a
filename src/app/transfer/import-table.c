/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "import-private.h"

#include "change.h"

#include <glib/gi18n.h>

/* Rows of the preview: enough to see, few enough to look at. */
#define SHOWN_ROWS 6

struct _BatonImportTable
{
  AdwBin parent_instance;

  /* Template */
  GtkGrid *grid;
  AdwComboRow *target_row;
  AdwEntryRow *name_row;
  AdwActionRow *problem_row;
  AdwComboRow *delimiter_row;
  AdwComboRow *quote_row;
  AdwComboRow *encoding_row;
  AdwComboRow *dates_row;
  GtkSwitch *header_switch;

  GBytes *bytes;
  BatonCsvFile *csv;
  BatonItem *board;      /* the one that is shown, or NULL */
  GPtrArray *encodings;  /* char * */
  GCancellable *looking; /* the file is read anew on a thread; what is shown is the old */
  gboolean reads;        /* the columns will be others */
  gboolean showing;      /* controls are told what is and must not change it */
};

enum
{
  PROP_0,
  PROP_READS,
};

G_DEFINE_FINAL_TYPE (BatonImportTable, baton_import_table, ADW_TYPE_BIN)

static const char delimiters[] = { ',', ';', '\t', '|' };
static const char quotes[] = { '"', '\'' };
static const BatonDateOrder orders[] = { BATON_DATES_ISO, BATON_DATES_DMY, BATON_DATES_MDY };

BatonCsvFile *
baton_import_table_peek (BatonImportTable *self)
{
  return self->csv;
}

static const char *
role_title (BatonCsvRole role)
{
  static const char *const titles[BATON_CSV_N_ROLES] = {
    [BATON_CSV_IGNORE] = N_ ("Leave out"),
    [BATON_CSV_TITLE] = N_ ("Title"),
    [BATON_CSV_BRIEF] = N_ ("Brief"),
    [BATON_CSV_NOTES] = N_ ("Context notes"),
    [BATON_CSV_AUDIENCE] = N_ ("Audience"),
    [BATON_CSV_STAGE] = N_ ("Stage"),
    [BATON_CSV_OWNER] = N_ ("Owner"),
    [BATON_CSV_MEMBERS] = N_ ("Members"),
    [BATON_CSV_CHANNEL] = N_ ("Channel"),
    [BATON_CSV_CAMPAIGN] = N_ ("Campaign"),
    [BATON_CSV_ASSET_TYPE] = N_ ("Asset type"),
    [BATON_CSV_LABELS] = N_ ("Labels"),
    [BATON_CSV_DUE] = N_ ("Due date"),
    [BATON_CSV_URGENCY] = N_ ("Urgency"),
    [BATON_CSV_CREATED] = N_ ("Date of creation"),
    [BATON_CSV_ARCHIVED] = N_ ("In the archive"),
    [BATON_CSV_CUSTOM] = N_ ("A field of its own"),
  };

  return titles[role] != NULL ? _ (titles[role]) : baton_csv_role_name (role);
}

static BatonCsvColumn *
column (BatonImportTable *self, guint index)
{
  return g_ptr_array_index (self->csv->columns, index);
}

static void show_map (BatonImportTable *self);
static void look_again (BatonImportTable *self, const BatonCsvFormat *format);

/* What a column is means one column only for most. */
static void
role_chosen_cb (GtkDropDown *chooser, GParamSpec *pspec, BatonImportTable *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "column"));
  BatonCsvRole role = gtk_drop_down_get_selected (chooser);

  if (self->showing || role >= BATON_CSV_N_ROLES)
    return;
  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      if (i != index && !baton_csv_role_repeats (role) && column (self, i)->role == role)
        column (self, i)->role = BATON_CSV_IGNORE;
    }
  column (self, index)->role = role;
  show_map (self);
  if (!self->reads)
    look_again (self, NULL);
}

static GtkWidget *
new_cell (const char *text, gboolean heading)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, heading ? "heading" : "caption");
  return label;
}

static GtkWidget *
new_chooser (BatonImportTable *self, guint index)
{
  GtkStringList *titles = gtk_string_list_new (NULL);
  GtkWidget *chooser;
  g_autofree char *label = g_strdup_printf (_ ("What “%s” is"), column (self, index)->name);

  for (guint i = 0; i < BATON_CSV_N_ROLES; i++)
    gtk_string_list_append (titles, role_title (i));
  chooser = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), column (self, index)->role);
  g_object_set_data (G_OBJECT (chooser), "column", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (chooser, "notify::selected", G_CALLBACK (role_chosen_cb), self, 0);
  return chooser;
}

/* One line, and not more of a long cell than can be seen. */
static char *
excerpt (const char *text)
{
  g_autofree char *head = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, 400), 80));

  return g_strdelimit (g_steal_pointer (&head), "\n\r\t", ' ');
}

static void
update_choosers (BatonImportTable *self)
{
  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      GtkWidget *chooser = gtk_grid_get_child_at (self->grid, (int) i, 1);

      gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), column (self, i)->role);
      for (int row = 2; row < 2 + SHOWN_ROWS; row++)
        {
          GtkWidget *cell = gtk_grid_get_child_at (self->grid, (int) i, row);

          if (cell != NULL)
            gtk_widget_set_sensitive (cell, column (self, i)->role != BATON_CSV_IGNORE);
        }
    }
}

static void
build_grid (BatonImportTable *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      gtk_grid_attach (self->grid, new_cell (column (self, i)->name, TRUE), (int) i, 0, 1, 1);
      gtk_grid_attach (self->grid, new_chooser (self, i), (int) i, 1, 1, 1);
      for (guint row = 0; row < MIN (self->csv->preview->len, SHOWN_ROWS); row++)
        {
          char **cells = g_ptr_array_index (self->csv->preview, row);
          g_autofree char *text = excerpt (cells[i]);

          gtk_grid_attach (self->grid, new_cell (text, FALSE), (int) i, 2 + (int) row, 1, 1);
        }
    }
}

static guint
index_of (const char *list, gsize n, char wanted)
{
  for (guint i = 0; i < n; i++)
    {
      if (list[i] == wanted)
        return i;
    }
  return 0;
}

static void
show_encoding (BatonImportTable *self)
{
  guint found = 0;

  for (guint i = 0; i < self->encodings->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (self->encodings, i), self->csv->format.encoding) == 0)
        {
          adw_combo_row_set_selected (self->encoding_row, i);
          return;
        }
    }
  found = self->encodings->len;
  g_ptr_array_add (self->encodings, g_strdup (self->csv->format.encoding));
  gtk_string_list_append (
      GTK_STRING_LIST (adw_combo_row_get_model (self->encoding_row)), self->csv->format.encoding);
  adw_combo_row_set_selected (self->encoding_row, found);
}

static void
show_format (BatonImportTable *self)
{
  const BatonCsvFormat *format = &self->csv->format;

  self->showing = TRUE;
  adw_combo_row_set_selected (
      self->delimiter_row, index_of (delimiters, sizeof delimiters, format->delimiter));
  adw_combo_row_set_selected (self->quote_row, index_of (quotes, sizeof quotes, format->quote));
  show_encoding (self);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (orders[i] == format->dates)
        adw_combo_row_set_selected (self->dates_row, i);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dates_row),
      self->csv->dates_sure ? "" : _ ("The dates in the file do not tell; please look."));
  gtk_switch_set_active (self->header_switch, format->header != 0);
  self->showing = FALSE;
}

/* What is known of the columns, in the choosers and the rows below. */
static void
show_map (BatonImportTable *self)
{
  self->showing = TRUE;
  update_choosers (self);
  self->showing = FALSE;
}

static BatonCsvFormat
chosen_format (BatonImportTable *self)
{
  BatonCsvFormat format = {
    .encoding = g_ptr_array_index (self->encodings, adw_combo_row_get_selected (self->encoding_row)),
    .delimiter = delimiters[MIN (adw_combo_row_get_selected (self->delimiter_row), sizeof delimiters - 1)],
    .quote = quotes[MIN (adw_combo_row_get_selected (self->quote_row), sizeof quotes - 1)],
    .header = gtk_switch_get_active (self->header_switch),
    .dates = orders[MIN (adw_combo_row_get_selected (self->dates_row), G_N_ELEMENTS (orders) - 1)],
  };

  return format;
}

/* A look at the whole file, on a thread that sees only this. */
typedef struct
{
  GBytes *bytes;
  BatonCsvFormat format;
  char *encoding;    /* of format */
  BatonCsvFile *csv; /* in: a copy whose map is new; NULL: read with the format. Out: what was read */
  GArray *roles;     /* BatonCsvRole, as chosen so far: kept if there are as many columns */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->bytes, g_bytes_unref);
  g_clear_pointer (&look->csv, baton_csv_free);
  g_clear_pointer (&look->roles, g_array_unref);
  g_free (look->encoding);
  g_free (look);
}

static gboolean
keep_roles (const Look *look)
{
  if (look->csv->columns->len != look->roles->len)
    return FALSE;
  for (guint i = 0; i < look->roles->len; i++)
    ((BatonCsvColumn *) g_ptr_array_index (look->csv->columns, i))->role =
        g_array_index (look->roles, BatonCsvRole, i);
  return TRUE;
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (look->csv != NULL)
    baton_csv_map_changed (look->csv);
  else if ((look->csv = baton_csv_open (look->bytes, &look->format, &error)) != NULL && keep_roles (look))
    baton_csv_map_changed (look->csv);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
set_reads (BatonImportTable *self, gboolean reads)
{
  if (self->reads == reads)
    return;
  self->reads = reads;
  gtk_widget_set_sensitive (GTK_WIDGET (self->grid), !reads);
  g_object_notify (G_OBJECT (self), "reads");
}

/* Only the last look counts. */
static void
look_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonImportTable *self = BATON_IMPORT_TABLE (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);
  gboolean read = self->reads;

  if (g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  set_reads (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), !ok);
  if (!ok)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), error->message);
      return;
    }
  baton_csv_free (self->csv);
  self->csv = g_steal_pointer (&look->csv);
  self->showing = TRUE;
  if (read)
    build_grid (self);
  self->showing = FALSE;
  show_map (self);
  show_format (self);
}

/* Reads the file with another format or, with NULL, only looks for dates in the columns that hold some now.
 */
static void
look_again (BatonImportTable *self, const BatonCsvFormat *format)
{
  g_autoptr (GTask) task = NULL;
  Look *look = g_new0 (Look, 1);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  look->bytes = g_bytes_ref (self->bytes);
  look->roles = g_array_new (FALSE, FALSE, sizeof (BatonCsvRole));
  for (guint i = 0; i < self->csv->columns->len; i++)
    g_array_append_val (look->roles, column (self, i)->role);
  if (format == NULL)
    look->csv = baton_csv_copy (self->csv);
  else
    {
      look->format = *format;
      look->encoding = g_strdup (format->encoding);
      look->format.encoding = look->encoding;
      set_reads (self, TRUE);
    }
  task = g_task_new (self, self->looking, look_cb, NULL);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_thread);
}

static void
format_changed_cb (BatonImportTable *self)
{
  BatonCsvFormat format;

  if (self->csv == NULL || self->showing)
    return;
  format = chosen_format (self);
  look_again (self, &format);
}

BatonCsvFile *
baton_import_table_copy (BatonImportTable *self, GError **error)
{
  for (guint i = 0; i < self->csv->columns->len; i++)
    {
      if (column (self, i)->role == BATON_CSV_TITLE)
        return baton_csv_copy (self->csv);
    }
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Choose first which column holds the titles of the cards."));
  return NULL;
}

const char *
baton_import_table_board (BatonImportTable *self)
{
  return self->board != NULL && adw_combo_row_get_selected (self->target_row) == 1
             ? baton_item_id (self->board)
             : NULL;
}

char *
baton_import_table_name (BatonImportTable *self)
{
  return baton_change_typed (GTK_EDITABLE (self->name_row));
}

static void
target_changed_cb (BatonImportTable *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), baton_import_table_board (self) == NULL);
}

static void
fill_targets (BatonImportTable *self)
{
  g_autoptr (GtkStringList) targets = gtk_string_list_new (NULL);
  g_autofree char *present = NULL;

  gtk_string_list_append (targets, _ ("A new board"));
  if (self->board != NULL)
    {
      present = g_strdup_printf (_ ("“%s”, which is open"), baton_item_text (self->board, BATON_BOARD_NAME));
      gtk_string_list_append (targets, present);
    }
  adw_combo_row_set_model (self->target_row, G_LIST_MODEL (targets));
}

static void
fill_encodings (BatonImportTable *self)
{
  static const char *const names[] = { "UTF-8", "WINDOWS-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE",
    "MACINTOSH" };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_ptr_array_add (self->encodings, g_strdup (names[i]));
      gtk_string_list_append (list, names[i]);
    }
  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (list));
}

static void
baton_import_table_dispose (GObject *object)
{
  BatonImportTable *self = BATON_IMPORT_TABLE (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->csv, baton_csv_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->encodings, g_ptr_array_unref);
  g_clear_object (&self->board);
  G_OBJECT_CLASS (baton_import_table_parent_class)->dispose (object);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, BATON_IMPORT_TABLE (object)->reads);
}

static void
baton_import_table_class_init (BatonImportTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_import_table_dispose;
  G_OBJECT_CLASS (klass)->get_property = get_property;
  /* Whether the file is being read in another way: its columns are not known yet. */
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_READS,
      g_param_spec_boolean (
          "reads", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/transfer/import-table.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, grid);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, target_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, name_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, problem_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, quote_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, dates_row);
  gtk_widget_class_bind_template_child (widget_class, BatonImportTable, header_switch);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_changed_cb);
}

static void
baton_import_table_init (BatonImportTable *self)
{
  self->encodings = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
baton_import_table_new (GBytes *bytes, BatonCsvFile *csv, BatonItem *board, const char *name)
{
  BatonImportTable *self = g_object_new (BATON_TYPE_IMPORT_TABLE, NULL);

  self->showing = TRUE;
  self->bytes = g_bytes_ref (bytes);
  self->csv = csv;
  self->board = board != NULL ? g_object_ref (board) : NULL;
  fill_targets (self);
  fill_encodings (self);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  build_grid (self);
  show_map (self);
  show_format (self);
  return GTK_WIDGET (self);
}
