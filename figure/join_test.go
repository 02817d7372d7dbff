package figure_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/figure"
	"onrecord/internal/corpora"
	"onrecord/pipeline"
)

func articles(t testing.TB, p *pipeline.Pipeline, bodies ...string) []figure.Article {
	t.Helper()
	var out []figure.Article
	for _, body := range bodies {
		r := read(t, p, body)
		out = append(out, figure.Article{Doc: r.Doc, Statements: r.Statements, Figures: r.Figures})
	}
	return out
}

// printSlot prints the words of a slot's values by article, and "differs" at
// the end if they do.
func printSlot(in []figure.Article, s figure.Slot) string {
	var words []string
	for _, v := range s.Values {
		a := in[v.Article]
		words = append(words, fmt.Sprintf("%d:%s", v.Article, a.Figures[v.Figure].Span.Of(a.Doc.Body)))
	}
	if s.Differs {
		words = append(words, "differs")
	}
	return strings.Join(words, " ")
}

func TestJoin(t *testing.T) {
	p := load(t)
	for _, c := range []struct {
		name   string
		bodies []string
		want   []string
	}{
		{"the same", []string{"At least 41 miners were injured.", "Some 41 miners were injured in the blast."}, []string{"0:41 1:41"}},
		{"a difference", []string{"The blast injured 41 miners.", "The blast injured 58 miners."}, []string{"0:41 1:58 differs"}},
		{"dead is killed", []string{"The blast killed 12 miners.", "12 miners died."}, []string{"0:12 1:12"}},
		{"killed is not injured", []string{"The blast killed 12 miners.", "The blast injured 58 miners."}, []string{"0:12", "1:58"}},
		{"rounded", []string{"About 400 ships moored.", "In all 412 ships moored."}, []string{"0:400 1:412"}},
		{"more than", []string{"More than 400 ships moored.", "In all 450 ships moored."}, []string{"0:400 1:450"}},
		{"not rounded", []string{"The storm displaced 1 million villagers.", "The storm displaced 1.1 million villagers."}, []string{"0:1 million 1:1.1 million differs"}},
		{"another year", []string{"In 2012, the port employed 400 dockers.", "In 2014, the port employed 600 dockers."}, []string{"0:400", "1:600"}},
		{"other things", []string{"The port sold 20 cranes.", "The port sold 30 barges."}, []string{"0:20", "1:30"}},
		{"money of a distinctive size", []string{"The mayor wants $5.7 billion for a sea wall.", "The council refused to give him the $5.7 billion."}, []string{"0:$5.7 billion 1:$5.7 billion"}},
		{"money of others", []string{"The mayor raised $20,000 for the campaign.", "The challenger raised $90,000 for the campaign."}, []string{"0:$20,000", "1:$90,000"}},
		{"other units", []string{"The runners covered 25 miles.", "The runners covered 40 kilometers."}, []string{"0:25 miles 1:40 kilometers"}},
		{"votes", []string{"The council voted 217 to 205 for the plan.", "The plan passed the council on a vote of 217-205."}, []string{"0:217 to 205 1:217-205"}},
		{"two in one voice", []string{"Four ports have closed, she said. Nine ports have closed to fishing boats, she said."}, []string{"0:Four", "0:Nine"}},
		{"people and passengers", []string{"Tom Orth, the county's clerk, said that 212 people ride on an average day. Ada Quill, the mayor, said that 340 people cross every day.", "The ferry carried 212 passengers on an average day."}, []string{"0:212 0:340 1:212 differs"}},
		{"said again in short", []string{"The union says 340 people cross every day; the county says 212.", "The ferry carries 212 passengers on an average day."}, []string{"0:340 0:212 1:212 differs"}},
		{"the true figure", []string{"Her officials put last year's loss at $4.1 million. The true figure, Ada Quill said, is nearer $3 million.", "Ada Quill estimates the loss at $2.8 million."}, []string{"0:$4.1 million 0:$3 million 1:$2.8 million differs"}},
		{"people and patients", []string{"“I have sent 31 people across,” the doctor said.", "She had sent 31 patients across on the ferry."}, []string{"0:31 1:31"}},
		{"votes in words", []string{"The council decided on Tuesday by five votes to four.", "The council voted 5-4 on Tuesday."}, []string{"0:five votes to four 1:5-4"}},
		{"pages", []string{"The 48-page indictment was released.", "The 47-page indictment says so."}, []string{"0:48 1:47 differs"}},
		{"related", []string{"The pact would bind 11 Northern Rim nations.", "She would not give up the 12-nation northern pact."}, []string{"0:11", "1:12"}},
		{"of two people", []string{"Tom Orth got 17 percent of the vote.", "Ada Quill got 21 percent of the vote."}, []string{"0:17 percent", "1:21 percent"}},
		{"officers and lawmakers", []string{"The blast injured 14 officers.", "The blast injured 17 lawmakers."}, []string{"0:14", "1:17"}},
		{"a day and a year", []string{"The line loses $4 million a year.", "The line loses $12,000 a day."}, []string{"0:$4 million", "1:$12,000"}},
		{"on two people's word", []string{"“The blast injured 41 miners,” said Ada Quill, the mayor. “The blast injured 58 miners,” said Tom Orth, the union's head."}, []string{"0:41 0:58 differs"}},
	} {
		in := articles(t, p, c.bodies...)
		var got []string
		for _, s := range figure.Join(in) {
			got = append(got, printSlot(in, s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestJoinOrder(t *testing.T) {
	in := articles(t, load(t), "The port sold 20 old cranes. The blast injured 41 miners.", "The blast injured 41 miners at the northern pit.")
	slots := figure.Join(in)
	if len(slots) != 2 || printSlot(in, slots[0]) != "0:41 1:41" {
		t.Fatalf("the most widely given does not come first: %+v", slots)
	}
	if want := "blast injured miners at the northern pit"; !strings.Contains(slots[0].Name, "miners") || len(slots[0].Name) > len(want) {
		t.Errorf("name %q", slots[0].Name)
	}
	if figure.Join(nil) != nil && len(figure.Join(nil)) > 0 {
		t.Error("slots of nothing")
	}
}

// TestReading looks for the figures of the careful reading of two reports.
func TestReading(t *testing.T) {
	seeds := corpora.Path(t, "seeds")
	raw, err := os.ReadFile(filepath.Join(seeds, "reading.json"))
	if err != nil {
		t.Fatal(err)
	}
	var reading struct {
		Published string
		Figures   []struct {
			Article, As_Of, Source, Via string
			Value                       float64
			Span                        [2]int
		}
	}
	if err := json.Unmarshal(raw, &reading); err != nil {
		t.Fatal(err)
	}
	if len(reading.Figures) == 0 {
		t.Fatal("no figures in the reading")
	}
	p := load(t)
	for _, want := range reading.Figures {
		body, err := os.ReadFile(filepath.Join(seeds, want.Article+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, p, string(body))
		i := slices.IndexFunc(r.Figures, func(f figure.Figure) bool {
			return utf8.RuneCountInString(r.Article.Body[:f.Span.Start]) == want.Span[0] && utf8.RuneCountInString(f.Span.Of(r.Article.Body)) == want.Span[1]-want.Span[0]
		})
		if i < 0 {
			t.Errorf("%v is missing", want)
			continue
		}
		f := r.Figures[i]
		if f.Value != want.Value || f.AsOf != want.As_Of || len(f.Of) == 0 || f.Statement < 0 {
			t.Errorf("want %v, got %s", want, describe(r, f))
			continue
		}
		s := r.Statements[f.Statement]
		if who := s.Speaker.Name + s.Speaker.Unnamed; !strings.Contains(strings.ToLower(who), strings.ToLower(want.Source)) {
			t.Errorf("want %v, got it on the word of %q", want, who)
		}
		if via := len(s.Via) > 0; via != (want.Via != "") {
			t.Errorf("want %v, got via %v", want, s.Via)
		}
	}
}

// story is n articles of one story with many figures each, all in other words.
func story(tb testing.TB, n int) []figure.Article {
	p := load(tb)
	var b strings.Builder
	for i := range 25 {
		fmt.Fprintf(&b, "The blast in district %c injured %d miners and cost the harbour $%d.%d million. ", 'A'+i, 20+7*i, 2+i, i%9+1)
	}
	one := articles(tb, p, b.String())[0]
	out := make([]figure.Article, n)
	for i := range out {
		a := one
		a.Figures = slices.Clone(one.Figures)
		for k := range a.Figures {
			f := &a.Figures[k]
			f.Subject = append(slices.Clone(f.Subject), fmt.Sprintf("~%d", k), fmt.Sprintf("~~%d", i*k%97))
			f.Value += float64(i % 5)
			f.High = f.Value
		}
		out[i] = a
	}
	return out
}

func BenchmarkJoin(b *testing.B) {
	for _, n := range []int{10, 100} {
		in := story(b, n)
		b.Run(fmt.Sprintf("%d articles of %d figures", n, len(in[0].Figures)), func(b *testing.B) {
			for b.Loop() {
				figure.Join(in)
			}
		})
	}
}
