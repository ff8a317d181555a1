package dev.soundlift;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a program can reach has a comment. The compiler's own check would want "@return" and "@param" too. */
class ApiWordsTest {
    private static final Path HOUSE = Path.of("src/main/java/dev/soundlift");

    @ParameterizedTest
    @ValueSource(strings = {"", "request", "media", "failure", "stream"})
    void everything_public_says_what_it_is(String room) throws Exception {
        List<Path> sources;
        try (Stream<Path> files = Files.list(HOUSE.resolve(room))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            Silent silent = new Silent(DocTrees.instance(task));
            silent.scan(task.parse(), null);
            assertThat(silent.found).as("public without a comment").isEmpty();
            assertThat(silent.seen).as("looked at").isPositive();
        }
    }

    @Test
    void a_missing_comment_is_found() throws Exception {
        String source =
                "public record R(int a) { public R {} static int hidden; public void m() {} /** So. */ public void n() {} "
                        + "public enum E { A } interface Inner { void free(); } public interface Open { void bare(); } "
                        + "@Override public String toString() { return \"\"; } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of(), null, List.of(new InMemory(source)));
        Silent silent = new Silent(DocTrees.instance(task));
        silent.scan(task.parse(), null);
        assertThat(silent.found).containsExactly("R", "R.<init>", "R.m", "E", "E.A", "Open", "Open.bare");
    }

    /** Collects what has no comment of its own. */
    private static final class Silent extends TreePathScanner<Void, Void> {
        private final DocTrees comments;
        private final List<String> found = new ArrayList<>();
        private int seen;

        Silent(DocTrees comments) {
            this.comments = comments;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!reachable(type.getModifiers())) return null;
            look(type.getSimpleName().toString());
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean told = method.getModifiers().getAnnotations().stream()
                    .anyMatch(mark -> mark.getAnnotationType().toString().equals("Override"));
            if (reachable(method.getModifiers()) && !told) look(owner() + "." + method.getName());
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void nothing) {
            // What a record is made of stands in the record's own comment
            if (reachable(field.getModifiers())) look(owner() + "." + field.getName());
            return null;
        }

        private boolean reachable(ModifiersTree modifiers) {
            boolean inInterface = getCurrentPath().getParentPath() != null
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private String owner() {
            return ((ClassTree) getCurrentPath().getParentPath().getLeaf())
                    .getSimpleName()
                    .toString();
        }

        private void look(String name) {
            seen++;
            TreePath path = getCurrentPath();
            if (comments.getDocComment(path) == null) found.add(name);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String source;

        InMemory(String source) {
            super(URI.create("memory:///R.java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
        }
    }
}
