import com.fasterxml.jackson.databind.JsonNode;
import com.google.refine.ProjectManager;
import com.google.refine.ProjectMetadata;
import com.google.refine.browsing.EngineConfig;
import com.google.refine.commands.recon.GuessTypesOfColumnCommand;
import com.google.refine.io.FileProjectManager;
import com.google.refine.model.AbstractOperation;
import com.google.refine.model.Cell;
import com.google.refine.model.Column;
import com.google.refine.model.Project;
import com.google.refine.model.Recon;
import com.google.refine.model.Row;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtensionConfig;
import com.google.refine.model.recon.StandardReconConfig;
import com.google.refine.model.recon.StandardReconConfig.ColumnDetail;
import com.google.refine.operations.recon.ExtendDataOperation;
import com.google.refine.operations.recon.ReconOperation;
import com.google.refine.util.HttpClient;
import com.google.refine.util.ParsingUtilities;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A whole reconciliation as somebody does it with OpenRefine, without its window: the type of a column is guessed, the
 * column is reconciled with the years beside it, and columns are added for what was matched.
 *
 * <p>Arguments: the address of the service, an empty folder, and the ids of the columns to add. Standard input: lines
 * of a title, a tab and a year. Standard output: one JSON object.
 */
final class Reconcile {
    private static final EngineConfig ALL_ROWS = EngineConfig.defaultRowBased();

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String service = arguments[0];
        List<String> added = List.of(arguments).subList(2, arguments.length);
        FileProjectManager.initialize(new File(arguments[1]));
        Project project = table();
        JsonNode manifest = ParsingUtilities.mapper.readTree(new HttpClient().getAsString(service, null));
        String identifiers = manifest.get("identifierSpace").asText();
        String schema = manifest.get("schemaSpace").asText();

        JsonNode type = guessed(project, service);
        List<ColumnDetail> details = List.of(new ColumnDetail("year", "year", "year", null));
        StandardReconConfig config =
                new StandardReconConfig(
                        service,
                        identifiers,
                        schema,
                        type.get("id").asText(),
                        type.get("name").asText(),
                        true,
                        details,
                        0);
        run(project, new ReconOperation(ALL_ROWS, "title", config));

        StringBuilder wanted = new StringBuilder();
        for (String id : added) {
            wanted.append(wanted.length() == 0 ? "" : ",").append("{\"id\":\"" + id + "\",\"name\":\"" + id + "\"}");
        }
        DataExtensionConfig columns = DataExtensionConfig.reconstruct("{\"properties\":[" + wanted + "]}");
        run(project, new ExtendDataOperation(ALL_ROWS, "title", service, identifiers, schema, columns, 2));

        List<Object> rows = new ArrayList<>();
        for (Row row : project.rows) {
            rows.add(told(project, row, added));
        }
        out.println(
                ParsingUtilities.defaultWriter.writeValueAsString(
                        Map.of("type", type, "rows", rows, "steps", project.history.getLastPastEntries(9).size())));
        System.exit(0); // its clients keep threads
    }

    private static Project table() throws Exception {
        Project project = new Project();
        ProjectManager.singleton.registerProject(project, new ProjectMetadata());
        for (String name : List.of("title", "year")) {
            project.columnModel.addColumn(-1, new Column(project.columnModel.allocateNewCellIndex(), name), true);
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] cells = line.split("\t", -1);
            Row row = new Row(2);
            for (int place = 0; place < 2; place++) {
                row.setCell(place, cells[place].isEmpty() ? null : new Cell(cells[place], null));
            }
            project.rows.add(row);
        }
        project.update();
        return project;
    }

    /** The type that OpenRefine offers first; what asks for it is not public. */
    private static JsonNode guessed(Project project, String service) throws Exception {
        Method guess =
                GuessTypesOfColumnCommand.class.getDeclaredMethod(
                        "guessTypes", Project.class, Column.class, String.class);
        guess.setAccessible(true);
        Column column = project.columnModel.getColumnByName("title");
        Object types = guess.invoke(new GuessTypesOfColumnCommand(), project, column, service);
        return ((JsonNode) ParsingUtilities.mapper.valueToTree(types)).get(0);
    }

    private static void run(Project project, AbstractOperation operation) throws Exception {
        project.processManager.queueProcess(operation.createProcess(project, new Properties()));
        while (project.processManager.hasPending()) {
            Thread.sleep(20);
        }
    }

    private static Map<String, Object> told(Project project, Row row, List<String> added) {
        Recon recon = row.getCell(0).recon;
        List<String> values = new ArrayList<>();
        for (int place = 2; place < 2 + added.size(); place++) {
            Cell cell = row.getCell(project.columnModel.columns.get(place).getCellIndex());
            values.add(cell == null ? "" : cell.value.toString());
        }
        return Map.of(
                "typed", row.getCell(0).value.toString(),
                "error", recon == null || recon.error == null ? "" : recon.error,
                "candidates", recon == null || recon.candidates == null ? 0 : recon.candidates.size(),
                "matched", recon == null || recon.match == null ? "" : recon.match.name,
                "values", values);
    }
}
